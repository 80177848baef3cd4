package dev.switchback.exchange;

import static dev.switchback.exchange.Samples.ENVIRONMENT;
import static dev.switchback.exchange.Samples.MIGRATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.switchback.problem.Violation;
import dev.switchback.shape.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class RunbookFileReaderTest {

    @Test
    void the_example_of_the_contract_reads_without_a_problem() {
        ReadFile read = RunbookFileReader.read(Samples.text("contract.yaml"));

        assertThat(read.problems()).isEmpty();
        assertThat(read.documents())
                .extracting(ReadDocument::kind, ReadDocument::key, ReadDocument::firstLine)
                .containsExactly(tuple("Environment", "staging", 1), tuple("Migration", "shop-settings-v2", 23));
    }

    @Test
    void every_broken_sample_is_refused_with_its_lines_and_messages() throws Exception {
        List<String> found = new ArrayList<>();
        for (Path file : Samples.in("broken")) {
            String name = file.getFileName().toString().replace(".yaml", "");
            for (Violation each :
                    RunbookFileReader.read(Files.readAllBytes(file)).problems()) {
                found.add(String.join(" | ", name, "" + each.line(), each.field(), each.message(), each.expected()));
            }
        }

        assertThat(found)
                .containsExactlyElementsOf(
                        Samples.text("broken/EXPECTED.txt").lines().toList());
    }

    @Test
    void a_window_says_which_day_time_or_zone_does_not_exist() {
        String file = """
            apiVersion: switchback/v1
            kind: Environment
            key: production
            name: Production
            tier: production
            windows:
              - {days: [mon], from: "20:00", to: "24:00", zone: Europe/Berlin, reason: nobody shops then}
              - {days: [monday], from: "24:00", to: "24:30", zone: Europe/Atlantis}
            """;

        assertThat(RunbookFileReader.read(file.getBytes(StandardCharsets.UTF_8)).problems())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder("windows[1].days[0]", "windows[1].from", "windows[1].to", "windows[1].zone");
    }

    @Test
    void every_broken_sample_has_a_problem_and_every_problem_says_what_was_expected() throws Exception {
        for (Path file : Samples.in("broken")) {
            List<Violation> problems =
                    RunbookFileReader.read(Files.readAllBytes(file)).problems();

            assertThat(problems).as(file.toString()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.expected()).isNotBlank();
                assertThat(problem.line()).isPositive();
            });
        }
    }

    @Test
    void no_message_contains_the_secret_it_complains_about() throws Exception {
        for (Path file : Samples.in("broken")) {
            assertThat(RunbookFileReader.read(Files.readAllBytes(file))
                            .problems()
                            .toString())
                    .as(file.toString())
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void the_problems_of_all_documents_are_told_at_once_in_the_order_of_the_lines() {
        ReadFile read = RunbookFileReader.read(Samples.text("broken/several-problems-in-several-documents.yaml"));

        assertThat(read.problems()).hasSizeGreaterThan(8);
        assertThat(read.problems()).extracting(Violation::line).isSorted();
    }

    @Test
    void a_document_without_a_problem_is_read_beside_one_with() {
        ReadFile read = RunbookFileReader.read(ENVIRONMENT + "---\n" + MIGRATION + "colour: red\n");

        assertThat(read.documents()).extracting(ReadDocument::key).containsExactly("staging");
        assertThat(read.problems()).extracting(Violation::line).containsExactly(15);
    }

    @Test
    void the_source_of_a_document_is_its_exact_text_with_its_comments() {
        String environment = "# The place to practise\r\n" + ENVIRONMENT + "owner: 'x'   # who\r\n\r\n";

        ReadFile read = RunbookFileReader.read("# Head\n---\n" + environment + "---  # next\n" + MIGRATION + "...\n");

        assertThat(read.problems()).isEmpty();
        assertThat(read.documents().get(0).source()).isEqualTo("# Head\n" + environment);
        assertThat(read.documents().get(1).source()).isEqualTo("  # next\n" + MIGRATION);
        assertThat(read.documents()).extracting(ReadDocument::firstLine).containsExactly(4, 12);
    }

    @Test
    void the_source_of_a_document_reads_as_the_same_content() {
        for (ReadDocument document :
                RunbookFileReader.read(Samples.text("contract.yaml")).documents()) {
            ReadFile again = RunbookFileReader.read(document.source());

            assertThat(again.problems()).isEmpty();
            assertThat(again.documents().get(0).content()).isEqualTo(document.content());
            assertThat(again.documents().get(0).source()).isEqualTo(document.source());
        }
    }

    @Test
    void members_keep_the_order_and_the_spelling_of_the_file() {
        var content = Samples.content(ENVIRONMENT
                + "variables: {z: 1.10, a: 007, m: 0x1F, t: 2026-12-20, yes: no, b: true, n:"
                + " 12345678901234567890, e: \"\"}\n");

        assertThat(content.get("variables").toString())
                .isEqualTo("{\"z\":1.10,\"a\":\"007\",\"m\":\"0x1F\",\"t\":\"2026-12-20\",\"yes\":\"no\",\"b\":true,"
                        + "\"n\":12345678901234567890,\"e\":\"\"}");
    }

    @Test
    void a_place_of_a_document_knows_its_line() {
        ReadDocument migration = RunbookFileReader.read(Samples.text("contract.yaml"))
                .documents()
                .get(1);

        String[] lines = Samples.text("contract.yaml").split("\n");
        assertThat(lines[migration.line("steps[1].http.request") - 1]).contains("POST /admin/flags");
        assertThat(lines[migration.line("steps[1].http.expectNothing") - 1]).contains("POST /admin/flags");
        assertThat(migration.line("nowhere")).isEqualTo(23);
    }

    @Test
    void five_mebibytes_are_read_and_one_byte_more_is_refused() {
        String filled = ENVIRONMENT + "#".repeat(Limits.FILE_BYTES - ENVIRONMENT.length());

        assertThat(RunbookFileReader.read(filled).problems()).isEmpty();
        assertThat(RunbookFileReader.read(filled + "#").problems())
                .extracting(Violation::message)
                .containsExactly("The file has 5242881 bytes");
        assertThat(RunbookFileReader.read((filled + "#").getBytes(StandardCharsets.UTF_8))
                        .problems())
                .hasSize(1);
    }

    @Test
    void twenty_levels_are_read_and_one_more_is_refused() {
        assertThat(RunbookFileReader.read(nested(Limits.NESTING)).problems()).isEmpty();
        assertThat(RunbookFileReader.read(nested(Limits.NESTING + 1)).problems())
                .extracting(Violation::line, Violation::expected)
                .containsExactly(tuple(9, "at most 20 levels"));
    }

    /** The document and its attributes are two levels, the lists inside make the rest. */
    private static String nested(int levels) {
        return MIGRATION + "attributes: {a: " + "[".repeat(levels - 2) + "]".repeat(levels - 2) + "}\n";
    }

    @Test
    void a_thousand_documents_are_read_and_one_more_is_refused() {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < Limits.DOCUMENTS; i++) {
            file.append(ENVIRONMENT.replace("key: staging", "key: staging-" + i))
                    .append("---\n");
        }

        assertThat(RunbookFileReader.read(file.toString()).documents()).hasSize(Limits.DOCUMENTS);
        assertThat(RunbookFileReader.read(file + ENVIRONMENT).problems())
                .extracting(Violation::line, Violation::message)
                .containsExactly(tuple(6001, "The file has 1001 documents"));
    }

    @Test
    void five_hundred_steps_are_read_and_one_more_is_refused() {
        StringBuilder file = new StringBuilder(MIGRATION).append("steps:\n");
        for (int i = 0; i < Limits.STEPS; i++) {
            file.append("  - {id: s").append(i).append(", title: Wait, phase: verify, wait: {for: 1s}}\n");
        }

        assertThat(RunbookFileReader.read(file.toString()).problems()).isEmpty();
        assertThat(RunbookFileReader.read(file + "  - {id: more, title: Wait, phase: verify, wait: {for: 1s}}\n")
                        .problems())
                .extracting(Violation::field, Violation::expected)
                .containsExactly(tuple("steps", "at most 500"));
    }

    @Test
    void a_text_may_have_a_hundred_thousand_characters_and_no_more() {
        String smiles = "\uD83D\uDE42".repeat(Limits.TEXT);

        assertThat(RunbookFileReader.read(MIGRATION.replace("no failed request", smiles))
                        .problems())
                .isEmpty();
        assertThat(RunbookFileReader.read(MIGRATION.replace("no failed request", smiles + "x"))
                        .problems())
                .extracting(Violation::message)
                .containsExactly("“expected” has 100001 characters");
    }

    @Test
    void bombs_are_refused_at_once() {
        String laughs = "a: &a [lol, lol]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + ENVIRONMENT;
        String brackets = ENVIRONMENT + "variables: " + "[".repeat(1_000_000);
        String braces = ENVIRONMENT + "variables: " + "{a: ".repeat(500_000);
        String items = MIGRATION + "stack:\n" + "- a\n".repeat(1_000_000);
        String dashes = MIGRATION + "stack: " + "- ".repeat(1_000_000);
        String markers = "---\n".repeat(1_000_000);
        String keys = ENVIRONMENT + "k: 1\n".repeat(800_000);
        String number = MIGRATION + "approvals: " + "9".repeat(1_000_000) + "\n";
        String exponent = MIGRATION + "approvals: 1e2147483647\n";
        String quote = MIGRATION + "backup: \"" + "a ".repeat(2_000_000);

        for (String bomb : List.of(laughs, brackets, braces, items, dashes, markers, keys, number, exponent, quote)) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                assertThat(RunbookFileReader.read(bomb).problems())
                        .isNotEmpty()
                        .hasSizeLessThanOrEqualTo(Limits.PROBLEMS + 1);
            });
        }
    }

    @Test
    void more_problems_than_anybody_reads_are_counted() {
        StringBuilder file = new StringBuilder(ENVIRONMENT);
        for (int i = 0; i < 700; i++) {
            file.append("unknown").append(i).append(": 1\n");
        }

        assertThat(RunbookFileReader.read(file.toString()).problems())
                .hasSize(Limits.PROBLEMS + 1)
                .last()
                .extracting(Violation::message)
                .isEqualTo("200 more problems, from here on");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused_with_their_line() {
        byte[] latin1 = (ENVIRONMENT + "owner: Jürgen\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(RunbookFileReader.read(latin1).problems())
                .extracting(Violation::line, Violation::message)
                .containsExactly(tuple(6, "The file is not UTF-8"));
        assertThat(RunbookFileReader.read(new String(latin1, StandardCharsets.UTF_8))
                        .problems())
                .extracting(Violation::line)
                .containsExactly(6);
        assertThat(RunbookFileReader.read(ENVIRONMENT.getBytes(StandardCharsets.UTF_16))
                        .problems())
                .hasSize(1);
    }

    @Test
    void a_byte_order_mark_and_invisible_characters_are_refused() {
        assertThat(RunbookFileReader.read("\uFEFF" + ENVIRONMENT).problems())
                .extracting(Violation::message)
                .containsExactly("The file begins with a byte order mark");
        assertThat(RunbookFileReader.read(ENVIRONMENT + "owner: a\u001bb\n").problems())
                .extracting(Violation::line, Violation::message)
                .containsExactly(tuple(6, "The file contains the invisible character U+001B"));
    }

    @Test
    void whatever_stands_in_a_file_the_reader_answers_and_does_not_throw() {
        String file = Samples.text("contract.yaml");
        for (int i = 0; i < file.length(); i += 41) {
            String cutOut = file.substring(0, i) + file.substring(Math.min(file.length(), i + 5));
            assertThat(RunbookFileReader.read(cutOut)).isNotNull();
        }
        assertThat(RunbookFileReader.read("").problems()).hasSize(1);
        assertThat(RunbookFileReader.read(new byte[0]).problems()).hasSize(1);
    }

    @Test
    void a_file_may_ask_to_be_reviewed() {
        assertThat(RunbookFileReader.read(MIGRATION + "needsReview: true\n").problems())
                .isEmpty();
        assertThat(RunbookFileReader.read(ENVIRONMENT + "needsReview: true\n").problems())
                .hasSize(1);
    }
}
