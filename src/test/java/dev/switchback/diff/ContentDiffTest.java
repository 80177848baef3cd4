package dev.switchback.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.runbook.ContentHash;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A difference is said in the words of who reads it, and none is left out. */
class ContentDiffTest {

    private static final String STEPS = """
        {"title": "Move it", "steps": [
          {"id": "a", "title": "Make room", "phase": "prepare", "timeout": "30s"},
          {"id": "b", "title": "Copy", "phase": "prepare", "sql": {"target": "db", "statements": ["DELETE FROM one"]}},
          {"id": "c", "title": "Switch", "phase": "change"},
          {"id": "d", "title": "Look", "phase": "verify"}]}\
        """;

    private static ObjectNode json(String text) {
        return Json.object(text);
    }

    private static ContentDiff diff(String before, String after) {
        return ContentDiff.of(json(before), json(after));
    }

    @Test
    void is_empty_exactly_when_the_contents_have_one_hash() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new RandomContents(seed);
            ObjectNode before = random.content();
            ObjectNode after = random.changed(before, 3);
            assertThat(ContentDiff.of(before, after).isEmpty())
                    .as("seed %d", seed)
                    .isEqualTo(ContentHash.of(before).equals(ContentHash.of(after)));
            assertThat(ContentDiff.of(before, before.deepCopy()).summary()).isEmpty();
        }
    }

    @Test
    void mentions_every_value_that_came_or_went() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new RandomContents(seed);
            ObjectNode before = random.content();
            ObjectNode after = random.changed(before, 4);
            String said = said(ContentDiff.of(before, after));
            for (String part : List.of("title", "owner", "expected", "approvals")) {
                if (!Same.same(before.get(part), after.get(part))) {
                    assertThat(said).as("seed %d, %s", seed, part).contains(shown(before.get(part)));
                    assertThat(said).as("seed %d, %s", seed, part).contains(shown(after.get(part)));
                }
            }
            before.path("steps").forEach(step -> mentioned(step, after, said));
            after.path("steps").forEach(step -> mentioned(step, before, said));
        }
    }

    private static void mentioned(JsonNode step, ObjectNode other, String said) {
        boolean same = Stream.iterate(0, i -> i < other.path("steps").size(), i -> i + 1)
                .anyMatch(i -> Same.same(other.path("steps").get(i), step));
        if (!same) {
            assertThat(said).contains("steps[" + step.path("id").asText() + "]");
        }
    }

    private static String shown(JsonNode value) {
        return value == null ? "" : Outline.of(value);
    }

    private static String said(ContentDiff diff) {
        var said = new ArrayList<String>();
        diff.parts().forEach(part -> {
            part.fields().forEach(field -> said.add(line(field)));
            part.entries().forEach(entry -> {
                said.add(entry.path());
                entry.fields().forEach(field -> said.add(line(field)));
            });
        });
        return String.join("\n", said);
    }

    private static String line(Difference field) {
        return field.path() + " " + shown(field.before()) + " -> " + shown(field.after());
    }

    @Test
    void says_in_one_line_which_steps_came_went_and_moved() {
        ContentDiff diff = diff(STEPS, """
            {"title": "Move it", "expected": "No request fails", "rollbackNote": "Set it back", "steps": [
              {"id": "b", "title": "Copy", "phase": "prepare", "sql": {"target": "db", "statements": ["DELETE FROM two"]}},
              {"id": "a", "title": "Make room", "phase": "prepare", "timeout": "60s"},
              {"id": "e", "title": "Tell everybody", "phase": "verify"},
              {"id": "d", "title": "Look", "phase": "verify"}]}\
            """);
        assertThat(diff.summary()).isEqualTo("2 steps changed, 1 added, 1 removed; expected result, rollback note");
        assertThat(diff.parts().get(2).entries())
                .extracting(entry -> entry.id() + ": " + entry.words())
                .containsExactly("b: ", "c: was number 3", "a: and moved from 1 to 2", "e: as number 3");
    }

    @Test
    void calls_moved_only_what_changed_its_place_among_the_others() {
        ContentDiff diff = diff(STEPS, """
            {"title": "Move it", "steps": [
              {"id": "x", "title": "New", "phase": "prepare"},
              {"id": "b", "title": "Copy", "phase": "prepare", "sql": {"target": "db", "statements": ["DELETE FROM one"]}},
              {"id": "c", "title": "Switch", "phase": "change"},
              {"id": "d", "title": "Look", "phase": "verify"},
              {"id": "a", "title": "Make room", "phase": "prepare", "timeout": "30s"}]}\
            """);
        assertThat(diff.summary()).isEqualTo("1 step added, 1 moved");
        assertThat(diff.parts().get(0).entries())
                .extracting(entry -> entry.id() + ": " + entry.words())
                .containsExactly("x: as number 1", "a: from 1 to 5");
    }

    @Test
    void points_at_the_field_within_a_step_and_marks_the_word() {
        ContentDiff diff = diff(STEPS, STEPS.replace("DELETE FROM one", "DELETE FROM two"));
        Difference field = diff.parts().get(0).entries().get(0).fields().get(0);
        assertThat(field.path()).isEqualTo("steps[b].sql.statements[0]");
        assertThat(field.label()).isEqualTo("SQL · statements, no. 1");
        TextDiff.Row row = field.text().rows().get(0);
        assertThat(row.before())
                .containsExactly(new TextDiff.Piece("DELETE FROM ", false), new TextDiff.Piece("one", true));
        assertThat(row.after())
                .containsExactly(new TextDiff.Piece("DELETE FROM ", false), new TextDiff.Piece("two", true));
    }

    @Test
    void tells_a_number_from_a_text_that_looks_like_it() {
        Difference field = diff("{\"approvals\": \"1\"}", "{\"approvals\": 1}")
                .parts()
                .get(0)
                .fields()
                .get(0);
        assertThat(line(field)).isEqualTo("approvals \"1\" -> 1");
        assertThat(field.remark()).isEqualTo("It was a text and is a whole number now.");
        assertThat(diff("{\"a\": 1}", "{\"a\": 1.0}").isEmpty()).isFalse();
        assertThat(diff("{\"a\": 1.10}", "{\"a\": 1.1}").isEmpty()).isTrue();
    }

    @Test
    void reads_the_words_of_a_list_together_and_its_sentences_one_by_one() {
        ContentDiff words = diff("{\"stack\": [\"java\", \"redis\"]}", "{\"stack\": [\"java\", \"postgresql\"]}");
        assertThat(words.parts().get(0).fields()).extracting(Difference::path).containsExactly("stack");
        ContentDiff texts = diff(
                "{\"assumptions\": [\"Nobody edits the file while the migration is running\", \"b\"]}",
                "{\"assumptions\": [\"Nobody edits the table while the migration is running\", \"b\"]}");
        assertThat(texts.parts().get(0).fields()).extracting(Difference::path).containsExactly("assumptions[0]");
    }

    @Test
    void says_when_only_spaces_differ() {
        Difference field = diff("{\"expected\": \"fast\\n\"}", "{\"expected\": \"fast\"}")
                .parts()
                .get(0)
                .fields()
                .get(0);
        assertThat(field.remark()).isEqualTo("Only spaces or line ends differ.");
    }

    @Test
    void calls_headers_and_variables_by_their_own_names() {
        ContentDiff diff = diff(
                "{\"variables\": {\"regionCode\": \"eu\"}, \"targets\": {\"web\": {\"headers\": {\"X-Env\": \"a\"}}}}",
                "{\"variables\": {\"regionCode\": \"us\"}, \"targets\": {\"web\": {\"headers\": {\"X-Env\": \"b\"}}}}");
        assertThat(diff.summary()).isEqualTo("1 variable changed; 1 target changed");
        assertThat(diff.parts().get(0).entries().get(0).id()).isEqualTo("regionCode");
        assertThat(diff.parts().get(1).entries().get(0).fields().get(0).label()).isEqualTo("Headers · X-Env");
    }

    @Test
    void leaves_out_the_mark_of_review_and_the_version_of_the_format() {
        assertThat(diff("{\"needsReview\": true, \"apiVersion\": \"a\"}", "{\"apiVersion\": \"b\"}")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void shows_a_new_part_of_any_form_as_text() {
        Difference field = diff("{}", "{\"gates\": {\"approvals\": 2, \"open\": [\"a\", {\"b\": \"1\"}]}}")
                .parts()
                .get(0)
                .fields()
                .get(0);
        assertThat(Outline.of(field.after())).isEqualTo("""
            approvals: 2
            open:
              - a
              - b: "1\"\
            """);
    }

    @Test
    void answers_at_once_for_texts_that_share_nothing() {
        String many = String.join(
                "\\n",
                Stream.iterate(0, i -> i + 1)
                        .limit(50_000)
                        .map(i -> "line " + i * 7919 % 50_000)
                        .toList());
        String other = String.join(
                "\\n",
                Stream.iterate(0, i -> i + 1).limit(50_000).map(i -> "row " + i).toList());
        long began = System.nanoTime();
        diff("{\"expected\": \"" + many + "\"}", "{\"expected\": \"" + other + "\"}")
                .parts()
                .get(0)
                .fields()
                .get(0)
                .text();
        assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
    }
}
