package dev.switchback.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.probe.Sending.Result;
import dev.switchback.sampling.HttpSender;
import dev.switchback.secret.EnvironmentSecrets;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.verdict.Probe.Failure;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A write that was answered as done and cannot be read is lost. */
class WriteThenReadTest {

    private static final String GONE = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    private static final String BROKEN = "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n";

    private final Set<String> notes = ConcurrentHashMap.newKeySet();
    private ProbedService service;

    @BeforeEach
    void start() throws IOException {
        service = new ProbedService();
        service.answers(this::keeps);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    private String keeps(String path, boolean fresh) {
        String note = path.substring(path.lastIndexOf('/') + 1);
        if (path.startsWith("/write/")) {
            notes.add(note);
        }
        return notes.contains(note) ? ProbedService.FINE : GONE;
    }

    private WriteThenRead probe() {
        ObjectNode declared = Json.object(
                "{\"write\": {\"request\": \"PUT /write/{probe}\", \"json\": {\"text\": \"{probe}\"}}, \"read\":"
                        + " {\"request\": \"GET /read/{probe}\", \"expectJson\": {\"status\": \"ok\"}}, \"mayWrite\":"
                        + " true}");
        var secrets = new TrackingSecrets(new EnvironmentSecrets(Map.of(), Map.of()));
        return new WriteThenRead(service.plan(""), declared, "run7", secrets, new HttpSender(false));
    }

    @Test
    void what_was_written_is_read_again_under_another_value_each_time() {
        WriteThenRead probe = probe();
        assertThat(probe.send(1).failure()).isNull();
        assertThat(probe.send(2).failure()).isNull();
        assertThat(notes).containsExactlyInAnyOrder("run7-1", "run7-2");
    }

    @Test
    void a_write_that_was_answered_and_is_not_there_is_lost() {
        service.answers((path, fresh) -> path.startsWith("/write/") ? ProbedService.FINE : GONE);
        Result lost = probe().send(1);
        assertThat(lost.failure()).isEqualTo(Failure.LOST_WRITE);
        assertThat(lost.message())
                .isEqualTo("what was written is not there when it is read: status 404, expected status 200-299");
    }

    @Test
    void a_write_that_was_refused_is_not_lost() {
        service.answers((path, fresh) -> path.startsWith("/write/") ? BROKEN : GONE);
        Result refused = probe().send(1);
        assertThat(refused.failure()).isEqualTo(Failure.SERVER_ERROR);
        assertThat(refused.message()).startsWith("the write failed: status 500");
    }

    @Test
    void a_read_that_cannot_be_answered_says_nothing_about_the_write() {
        service.answers((path, fresh) -> path.startsWith("/write/") ? ProbedService.FINE : BROKEN);
        Result unknown = probe().send(1);
        assertThat(unknown.failure()).isEqualTo(Failure.SERVER_ERROR);
        assertThat(unknown.message()).startsWith("the read after a write failed: status 500");
    }
}
