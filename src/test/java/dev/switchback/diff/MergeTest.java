package dev.switchback.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.diff.MergeSection.Side;
import dev.switchback.diff.MergeSection.State;
import dev.switchback.platform.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two people change one content at once: nothing is lost, and only what both touched asks. */
class MergeTest {

    private static final String BASE = """
        {"title": "Move it", "expected": "fast", "steps": [
          {"id": "a", "title": "Make room", "timeout": "30s"},
          {"id": "b", "title": "Copy"},
          {"id": "c", "title": "Switch"}]}\
        """;

    private static ObjectNode json(String text) {
        return Json.object(text);
    }

    private static Merge merge(String theirs, String mine) {
        return Merge.of(json(BASE), json(theirs), json(mine));
    }

    private static Map<String, Side> all(Merge merge, Side side) {
        return merge.sections().stream().collect(Collectors.toMap(MergeSection::key, section -> side));
    }

    private static Map<String, Side> open(Merge merge, Side side) {
        return merge.open(Map.of()).stream().collect(Collectors.toMap(MergeSection::key, section -> side));
    }

    @Test
    void takes_what_only_one_of_both_changed_by_itself() {
        Merge merge =
                merge(BASE.replace("fast", "faster").replace("\"Copy\"", "\"Copy all\""), BASE.replace("30s", "60s"));
        assertThat(merge.sections())
                .extracting(MergeSection::key, MergeSection::state)
                .containsExactly(
                        tuple("expected", State.THEIRS),
                        tuple("steps[a]", State.MINE),
                        tuple("steps[b]", State.THEIRS));
        assertThat(merge.with(Map.of()))
                .isEqualTo(json(BASE.replace("fast", "faster")
                        .replace("\"Copy\"", "\"Copy all\"")
                        .replace("30s", "60s")));
    }

    @Test
    void asks_where_both_changed_the_same_differently() {
        Merge merge = merge(BASE.replace("fast", "faster"), BASE.replace("fast", "fastest"));
        assertThat(merge.open(Map.of())).extracting(MergeSection::heading).containsExactly("Expected result");
        assertThatIllegalArgumentException().isThrownBy(() -> merge.with(Map.of()));
        assertThat(merge.with(Map.of("expected", Side.THEIRS)).path("expected").asText())
                .isEqualTo("faster");
        assertThat(merge.with(Map.of("expected", Side.MINE)).path("expected").asText())
                .isEqualTo("fastest");
    }

    @Test
    void asks_when_one_removed_what_the_other_changed() {
        Merge merge = merge(
                BASE.replace(",\n  {\"id\": \"b\", \"title\": \"Copy\"}", ""),
                BASE.replace("\"Copy\"", "\"Copy all\""));
        assertThat(merge.open(Map.of())).extracting(MergeSection::key).containsExactly("steps[b]");
        assertThat(merge.open(Map.of()).get(0).theirs()).isNull();
        assertThat(ids(merge.with(Map.of("steps[b]", Side.THEIRS)))).containsExactly("a", "c");
        assertThat(ids(merge.with(Map.of("steps[b]", Side.MINE)))).containsExactly("a", "b", "c");
    }

    @Test
    void asks_nothing_where_both_changed_the_same_alike() {
        String both = BASE.replace("fast", "faster");
        assertThat(merge(both, both).sections()).isEmpty();
    }

    @Test
    void keeps_the_steps_that_both_added_beside_their_neighbours() {
        Merge merge = merge(
                BASE.replace("{\"id\": \"b\"", "{\"id\": \"t\", \"title\": \"Theirs\"}, {\"id\": \"b\""),
                BASE.replace("\"Switch\"}", "\"Switch\"}, {\"id\": \"m\", \"title\": \"Mine\"}"));
        assertThat(ids(merge.with(Map.of()))).containsExactly("a", "t", "b", "c", "m");
    }

    @Test
    void offers_both_changes_of_one_step_together_when_they_do_not_touch() {
        Merge merge = merge(BASE.replace("30s", "60s"), BASE.replace("Make room", "Make some room"));
        MergeSection step = merge.open(Map.of()).get(0);
        assertThat(step.together())
                .isEqualTo(json("{\"id\": \"a\", \"title\": \"Make some room\", \"timeout\": \"60s\"}"));
        assertThat(merge.with(Map.of("steps[a]", Side.TOGETHER)).path("steps").get(0))
                .isEqualTo(step.together());
        Merge touching = merge(BASE.replace("30s", "60s"), BASE.replace("30s", "90s"));
        assertThat(touching.open(Map.of()).get(0).together()).isNull();
        assertThat(touching.open(Map.of("steps[a]", Side.TOGETHER))).hasSize(1);
    }

    @Test
    void asks_for_the_order_when_both_moved_steps() {
        Merge merge = merge(moved("b", "a", "c"), moved("a", "c", "b"));
        assertThat(merge.open(Map.of())).extracting(MergeSection::heading).containsExactly("Order of the steps");
        assertThat(ids(merge.with(Map.of("steps order", Side.THEIRS)))).containsExactly("b", "a", "c");
        assertThat(ids(merge.with(Map.of("steps order", Side.MINE)))).containsExactly("a", "c", "b");
    }

    @Test
    void asks_everything_when_nobody_knows_what_both_began_with() {
        Merge merge = Merge.of(
                null,
                json("{\"name\": \"A\", \"tier\": \"staging\"}"),
                json("{\"name\": \"B\", \"tier\": \"staging\"}"));
        assertThat(merge.open(Map.of())).extracting(MergeSection::key).containsExactly("name");
    }

    private static String moved(String... order) {
        ObjectNode base = json(BASE);
        var steps = base.path("steps");
        var list = base.arrayNode();
        for (String id : order) {
            steps.forEach(step -> {
                if (step.path("id").asText().equals(id)) {
                    list.add(step);
                }
            });
        }
        base.set("steps", list);
        return base.toString();
    }

    private static List<String> ids(ObjectNode content) {
        return content.path("steps").findValuesAsText("id");
    }

    @Test
    void gives_theirs_when_i_changed_nothing_and_mine_when_they_did_not() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new RandomContents(seed);
            ObjectNode base = random.content();
            ObjectNode changed = random.changed(base, 4);
            assertThat(Same.same(Merge.of(base, changed, base).with(Map.of()), changed))
                    .as("theirs, seed %d", seed)
                    .isTrue();
            assertThat(Same.same(Merge.of(base, base, changed).with(Map.of()), changed))
                    .as("mine, seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void gives_one_side_whole_when_every_section_is_taken_from_it() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new RandomContents(seed);
            ObjectNode base = random.content();
            ObjectNode theirs = random.changed(base, 4);
            ObjectNode mine = random.changed(base, 4);
            Merge merge = Merge.of(seed % 5 == 0 ? null : base, theirs, mine);
            assertThat(Same.same(merge.with(all(merge, Side.THEIRS)), theirs))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(Same.same(merge.with(all(merge, Side.MINE)), mine))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void sees_the_same_whoever_looks() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new RandomContents(seed);
            ObjectNode base = random.content();
            ObjectNode one = random.changed(base, 4);
            ObjectNode other = random.changed(base, 4);
            assertThat(states(Merge.of(base, one, other), false)).isEqualTo(states(Merge.of(base, other, one), true));
        }
    }

    private static Set<String> states(Merge merge, boolean mirrored) {
        return merge.sections().stream()
                .map(section -> section.key() + " " + (mirrored ? mirrored(section.state()) : section.state()))
                .collect(Collectors.toSet());
    }

    private static State mirrored(State state) {
        return state == State.MINE ? State.THEIRS : state == State.THEIRS ? State.MINE : state;
    }

    @Test
    void loses_no_entry_that_somebody_wrote() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new RandomContents(seed);
            ObjectNode base = random.content();
            ObjectNode theirs = random.changed(base, 4);
            ObjectNode mine = random.changed(base, 4);
            Merge merge = Merge.of(base, theirs, mine);
            Set<String> kept = new HashSet<>(ids(merge.with(open(merge, Side.MINE))));
            Set<String> asked =
                    merge.open(Map.of()).stream().map(MergeSection::key).collect(Collectors.toSet());
            for (String id : ids(mine)) {
                boolean theyRemovedIt = ids(base).contains(id) && !ids(theirs).contains(id);
                assertThat(kept.contains(id) || theyRemovedIt && !asked.contains("steps[" + id + "]"))
                        .as("seed %d, %s", seed, id)
                        .isTrue();
            }
            for (String id : ids(theirs)) {
                boolean iRemovedIt = ids(base).contains(id) && !ids(mine).contains(id);
                assertThat(kept.contains(id) || iRemovedIt)
                        .as("seed %d, %s", seed, id)
                        .isTrue();
            }
        }
    }
}
