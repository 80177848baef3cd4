package dev.switchback.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.Samples;
import dev.switchback.platform.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is sent besides the steady request harms nobody. */
class ProbeShapeTest {

    private static final String STEPS = "  - {id: one, title: One, phase: change, noRollback: none, wait: {for: 1s}}\n";

    private static List<String> wrong(String members) {
        ObjectNode runbook = Samples.runbook(STEPS).content().deepCopy();
        runbook.set("probe", Json.object("{\"target\": \"web\", \"request\": \"GET /\", " + members + "}"));
        return RunbookShapes.validateMigration(runbook).stream()
                .map(violation -> violation.field())
                .toList();
    }

    private static String writeThenRead(String write, String read, boolean mayWrite) {
        return "\"writeThenRead\": {\"write\": {\"request\": \"" + write + "\"}, \"read\": {\"request\": \"" + read
                + "\"}, \"mayWrite\": " + mayWrite + "}";
    }

    @Test
    void a_slow_request_only_reads() {
        assertThat(wrong("\"slowRequest\": {\"request\": \"GET /report\", \"timeout\": \"20s\"}"))
                .isEmpty();
        assertThat(wrong("\"slowRequest\": {\"request\": \"POST /report\"}"))
                .containsExactly("probe.slowRequest.request");
        assertThat(wrong("\"slowRequest\": {\"timeout\": \"20s\"}")).containsExactly("probe.slowRequest.request");
    }

    @Test
    void something_is_written_only_when_it_says_that_it_may() {
        assertThat(wrong(writeThenRead("PUT /notes/{probe}", "GET /notes/{probe}", true)))
                .isEmpty();
        assertThat(wrong(writeThenRead("PUT /notes/{probe}", "GET /notes/{probe}", false)))
                .containsExactly("probe.writeThenRead.mayWrite");
        assertThat(wrong(writeThenRead("PUT /notes/{probe}", "DELETE /notes/{probe}", true)))
                .containsExactly("probe.writeThenRead.read.request");
    }
}
