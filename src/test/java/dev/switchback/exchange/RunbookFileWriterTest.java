package dev.switchback.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.runbook.Content;
import dev.switchback.shape.RunbookShapes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunbookFileWriterTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> PIECES = List.of(
            "a",
            "B",
            "ü",
            "é",
            "7",
            "0",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\t",
            "\r",
            ":",
            ": ",
            " #",
            "#",
            "-",
            "- ",
            "---",
            "...",
            "'",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            "&",
            "*",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "?",
            "? ",
            "=",
            "~",
            "null",
            "true",
            "no",
            "1.5",
            "1e3",
            "0x1",
            "<<",
            "secret:A",
            "\u2028",
            "\u00a0",
            "\uD83D\uDE42",
            "end",
            "$",
            "/",
            "🙂 x");

    @Test
    void the_example_of_the_contract_is_written_so_that_it_reads_the_same() {
        for (ReadDocument document :
                RunbookFileReader.read(Samples.text("contract.yaml")).documents()) {
            String written = RunbookFileWriter.write(document.content());

            assertThat(Samples.content(written)).isEqualTo(document.content());
            assertThat(written.lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThan(131));
        }
    }

    @Test
    void members_are_written_in_the_order_of_the_contract_and_texts_as_they_are() {
        ObjectNode content = NODES.objectNode();
        content.putArray("steps")
                .addObject()
                .put("phase", "prepare")
                .put("title", "Copy: all of it")
                .put("id", "copy")
                .putObject("shell")
                .put("command", "cp a b\n\n  cp c d\n")
                .put("target", "host");
        content.put("title", "Move").put("kind", "Migration").put("apiVersion", "switchback/v1");

        assertThat(RunbookFileWriter.write(content)).isEqualTo("""
            apiVersion: switchback/v1
            kind: Migration
            title: Move
            steps:
              - id: copy
                title: "Copy: all of it"
                phase: prepare
                shell:
                  target: host
                  command: |
                    cp a b

                      cp c d
            """);
    }

    @Test
    void whatever_is_written_reads_as_the_same_tree() {
        Random random = new Random(20261122);
        for (int i = 0; i < 1_000; i++) {
            ObjectNode content = Samples.content(Samples.MIGRATION);
            content.set("attributes", free(random, 4, true));
            content.put("expected", "x" + text(random));
            if (RunbookShapes.validateMigration(content).isEmpty()) {
                String written = RunbookFileWriter.write(content);
                ReadFile read = RunbookFileReader.read(written);

                assertThat(read.problems()).as(written).isEmpty();
                assertThat(read.documents().get(0).content()).as(written).isEqualTo(content);
            }
        }
    }

    @Test
    void the_stored_form_reads_as_the_same_tree() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            ObjectNode content = NODES.objectNode();
            content.set("attributes", free(random, 4, true));

            ObjectNode again = Content.of(Content.json(content));

            assertThat(again).isEqualTo(content);
            assertThat(Content.json(again)).isEqualTo(Content.json(content));
        }
    }

    private static JsonNode free(Random random, int depth, boolean mapping) {
        int kind = mapping ? 0 : random.nextInt(depth > 0 ? 8 : 6) - 2;
        return switch (kind) {
            case 0 -> mapping(random, depth);
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.numberNode(BigDecimal.valueOf(random.nextInt(), 1 + random.nextInt(9)));
            case 4, 5 -> list(random, depth);
            default -> NODES.textNode(text(random));
        };
    }

    private static JsonNode mapping(Random random, int depth) {
        ObjectNode mapping = NODES.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            mapping.set(text(random), free(random, depth - 1, false));
        }
        return mapping;
    }

    private static JsonNode list(Random random, int depth) {
        var list = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(free(random, depth - 1, false));
        }
        return list;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
