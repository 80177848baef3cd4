package dev.switchback.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.runbook.ContentHash;
import dev.switchback.shape.RunbookShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The file and the form are two views of one thing. */
class SourcePatchTest {

    private static final String FILE = """
        # Asked for by the finance team, see SHOP-12.
        apiVersion: switchback/v1
        kind: Migration
        key: shop            # never change this
        title: Move the settings
        service: shop
        owner: team-shop

        # What everybody wants from it
        expected: no failed request
        rollbackNote: |
          Set the flag back.
          # this is not a comment
        tools: [git, ruff]   # the linter too
        steps:
          # the safe part
          - id: first
            title: Create the table
            phase: prepare
            idempotent: true   # IF NOT EXISTS
            sql:
              target: db
              # two statements on purpose
              statements:
                - CREATE TABLE IF NOT EXISTS a (id int)
                - CREATE TABLE IF NOT EXISTS b (id int)
            rollback: {sql: {target: db, statements: [DROP TABLE IF EXISTS a, DROP TABLE IF EXISTS b]}}

          # the dangerous part
          - id: second
            title: Read from it
            phase: change
            manual: {instructions: Flip the switch.}
            noRollback: the next step does it
        # the end
        """;

    private static ObjectNode content() {
        return Samples.content(FILE);
    }

    private static ObjectNode step(ObjectNode content, int index) {
        return (ObjectNode) content.get("steps").get(index);
    }

    private static String patched(ObjectNode content) {
        SourcePatch.Patched patched = SourcePatch.of(FILE, content);
        assertThat(Samples.content(patched.text())).isEqualTo(content);
        return patched.text();
    }

    @Test
    void the_same_content_leaves_the_file_as_it_is() {
        assertThat(SourcePatch.of(FILE, content())).isEqualTo(new SourcePatch.Patched(FILE, 0));
    }

    @Test
    void a_changed_line_is_the_only_line_that_changes() {
        ObjectNode content = content().put("title", "Move all settings");
        assertThat(patched(content)).isEqualTo(FILE.replace("Move the settings", "Move all settings"));
    }

    @Test
    void the_comment_behind_a_changed_value_stays_behind_it() {
        ObjectNode content = content();
        ((ArrayNode) content.get("tools")).add("pytest");
        step(content, 0).put("idempotent", false);
        assertThat(patched(content))
                .contains("tools: [git, ruff, pytest]   # the linter too", "    idempotent: false   # IF NOT EXISTS");
    }

    @Test
    void a_change_deep_inside_a_step_keeps_every_comment_around_it() {
        ObjectNode content = content();
        ((ArrayNode) step(content, 0).get("sql").get("statements")).add("CREATE TABLE IF NOT EXISTS c (id int)");
        SourcePatch.Patched patched = SourcePatch.of(FILE, content);
        assertThat(patched.lostComments()).isZero();
        assertThat(patched.text())
                .isEqualTo(FILE.replace(
                        "        - CREATE TABLE IF NOT EXISTS b (id int)\n",
                        "        - CREATE TABLE IF NOT EXISTS b (id int)\n"
                                + "        - CREATE TABLE IF NOT EXISTS c (id int)\n"));
    }

    @Test
    void a_moved_step_takes_its_comment_along() {
        ObjectNode content = content();
        ArrayNode steps = (ArrayNode) content.get("steps");
        steps.add(steps.remove(0));
        String text = patched(content);
        assertThat(text.indexOf("# the dangerous part"))
                .isLessThan(text.indexOf("id: second"))
                .isLessThan(text.indexOf("# the safe part"));
        assertThat(text.indexOf("# the safe part")).isLessThan(text.indexOf("id: first"));
    }

    @Test
    void a_new_field_stands_where_the_contract_has_it() {
        assertThat(patched(content().put("backup", "on-call")))
                .isEqualTo(FILE.replace("owner: team-shop\n", "owner: team-shop\nbackup: on-call\n"));
    }

    @Test
    void a_new_step_is_added_without_touching_the_others() {
        ObjectNode content = content();
        ObjectNode fresh = step(content, 1).deepCopy().put("id", "third");
        ((ArrayNode) content.get("steps")).insert(1, fresh);
        String text = patched(content);
        assertThat(text).contains("# the safe part", "# the dangerous part", "  - id: third", "# the end");
    }

    @Test
    void a_comment_that_goes_with_what_was_removed_is_counted() {
        ObjectNode content = content();
        ((ArrayNode) content.get("steps")).remove(0);
        SourcePatch.Patched patched = SourcePatch.of(FILE, content);
        assertThat(patched.lostComments()).isEqualTo(3);
        assertThat(patched.text()).contains("# the dangerous part").doesNotContain("# the safe part");
    }

    @Test
    void a_new_first_member_of_a_step_gets_the_dash() {
        ObjectNode content = content();
        step(content, 1).put("irreversible", "nobody kept the old one");
        assertThat(patched(content)).contains("  - id: second\n");
    }

    @Test
    void a_file_in_one_line_is_written_anew_and_says_what_it_lost() {
        String flow = "{apiVersion: switchback/v1, kind: Migration, key: shop, title: T, service: s, owner: o, # who\n"
                + " expected: e, rollbackNote: r} # end\n";
        ObjectNode content = Samples.content(flow).put("title", "Other");
        SourcePatch.Patched patched = SourcePatch.of(flow, content);
        assertThat(Samples.content(patched.text())).isEqualTo(content);
        assertThat(patched.lostComments()).isEqualTo(2);
    }

    @Test
    void the_line_ends_of_the_file_stay_its_own() {
        String windows = FILE.replace("\n", "\r\n");
        String text = SourcePatch.of(windows, content().put("title", "Other")).text();
        assertThat(text).isEqualTo(windows.replace("Move the settings", "Other"));
    }

    @Test
    void a_mark_that_is_taken_away_leaves_the_rest_alone() {
        String marked = FILE.replace("owner: team-shop\n", "owner: team-shop\nneedsReview: true\n");
        assertThat(SourcePatch.of(marked, content()).text()).isEqualTo(FILE);
    }

    @Test
    void whatever_is_edited_the_text_says_exactly_that() {
        Random random = new Random(7);
        List<String> texts = List.of(FILE, Samples.migrationText());
        for (int i = 0; i < 150; i++) {
            String text = texts.get(i % texts.size());
            ObjectNode content = Samples.content(text);
            for (int change = 0; change <= random.nextInt(4); change++) {
                edit(content, random);
            }
            if (RunbookShapes.validateMigration(content).isEmpty()) {
                String made = SourcePatch.of(text, content).text();
                assertThat(ContentHash.of(Samples.content(made))).isEqualTo(ContentHash.of(content));
            }
        }
    }

    /** Removes, doubles, moves or rewrites something at random. */
    private static void edit(ObjectNode content, Random random) {
        JsonNode place = content;
        while (place.isContainerNode() && !place.isEmpty()) {
            List<JsonNode> inside = new ArrayList<>();
            place.forEach(inside::add);
            JsonNode next = inside.get(random.nextInt(inside.size()));
            if (!next.isContainerNode() || next.isEmpty() || random.nextInt(5) == 0) {
                change(place, random);
                return;
            }
            place = next;
        }
    }

    private static void change(JsonNode place, Random random) {
        if (place instanceof ArrayNode list) {
            JsonNode moved = list.remove(random.nextInt(list.size()));
            if (random.nextBoolean()) {
                list.insert(random.nextInt(list.size() + 1), moved);
            }
        } else if (place instanceof ObjectNode mapping) {
            List<String> names = new ArrayList<>();
            mapping.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (mapping.get(name).isTextual() && random.nextInt(4) > 0) {
                mapping.put(name, mapping.get(name).textValue() + (random.nextBoolean() ? " more" : "\nand more"));
            } else {
                mapping.remove(name);
            }
        }
    }
}
