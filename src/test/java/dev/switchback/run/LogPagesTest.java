package dev.switchback.run;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding a line in a log, for people and for programs. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LogPagesTest {

    private static final String PRINTS = """
          - {id: one, title: Print, phase: prepare, shell: {target: host, command: "seq -f 'row %.0f of <many>' 1 700; echo 'A needle!' >&2"}, rollback: {shell: {target: host, command: "true"}}}
          - {id: two, title: Print more, phase: change, shell: {target: host, command: "echo another Needle"}, rollback: {shell: {target: host, command: "true"}}}
        """;

    @TempDir
    Path folder;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private String run;

    @BeforeEach
    void printSomething() {
        importFile(Samples.environment("env-" + unique, "staging", folder.toString()));
        importFile(Samples.migration("mig-" + unique, "svc-" + unique, PRINTS));
        StartedRun started = StartedRun.of("mig-" + unique, "env-" + unique);
        started.awaitState("succeeded");
        run = started.page();
    }

    private String api(String query) {
        return admin().get("/api/v1" + run + "/log" + query)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String page(String address) {
        return Visitor.signedIn().get(address).then().statusCode(200).extract().asString();
    }

    @Test
    void a_text_is_found_in_the_whole_log_and_in_the_log_of_a_step() {
        assertThat(api("?q=needle").lines()).containsExactlyInAnyOrder("A needle!", "another Needle");
        assertThat(api("?q=needle&step=two").lines()).containsExactly("another Needle");
        assertThat(api("?q=needle&step=one&format=ndjson")).contains("\"stream\":\"stderr\"");

        String found = page(run + "/log?q=NEEDLE");
        assertThat(found)
                .contains("4 lines with “NEEDLE”.")
                .contains("A needle!")
                .contains("value=\"NEEDLE\"");
        assertThat(found).containsPattern("href=\"" + run + "/log\\?line=(\\d+)#L\\1\"");
        assertThat(page(run + "/steps/two?leg=1&q=needle")).contains("2 lines").doesNotContain("A needle!");
        assertThat(page(run + "/log?q=<script>")).contains("No line with “&lt;script&gt;”");
    }

    @Test
    void lines_are_linked_one_by_one_and_as_a_range() {
        assertThat(api("?lines=3-4&format=ndjson").lines()).hasSize(2).allMatch(line -> line.startsWith("{\"no\":"));
        String range = page(run + "/log?lines=10-12");
        assertThat(range.split("class=\"hit\"", -1)).hasSize(4);
        Visitor.signedIn().get(run + "/log?lines=ten").then().statusCode(400);
    }

    @Test
    void the_newest_lines_come_first_and_the_older_ones_are_a_link_away() {
        String newest = page(run + "/log");
        assertThat(newest).contains("another Needle").contains("?before=").doesNotContain("row 3 of");
        assertThat(page(run + "/log?before=100")).contains("row 3 of &lt;many&gt;");
    }

    @Test
    void the_download_has_every_line_of_every_leg_in_order() {
        assertThat(api("?step=one")
                        .lines()
                        .filter(line -> line.startsWith("row"))
                        .count())
                .isEqualTo(700);
        assertThat(api("?format=ndjson")
                        .lines()
                        .map(line -> line.replaceAll("\\{\"no\":(\\d+),.*", "$1"))
                        .toList())
                .isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)))
                .doesNotHaveDuplicates();
    }
}
