package dev.switchback.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.RunsDatabase;
import dev.switchback.secret.EnvironmentSecrets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbedRunTest {

    private static RunsDatabase runs;
    private static long next;

    private final Probing here = probing();
    private final Probing there = probing();
    private ProbedService service;
    private long run;

    @BeforeAll
    static void open() throws Exception {
        runs = new RunsDatabase();
    }

    @AfterAll
    static void close() {
        runs.close();
    }

    @BeforeEach
    void start() throws IOException {
        service = new ProbedService();
        run = ++next;
    }

    @AfterEach
    void stop() throws Exception {
        here.stop();
        there.stop();
        runs.execute("UPDATE run_probe SET state = 'over' WHERE run_id = " + run);
        service.close();
    }

    private static Probing probing() {
        var probing = new Probing();
        probing.store = new ProbeStore();
        probing.secrets = new EnvironmentSecrets(Map.of());
        probing.config = new ProbeConfig() {
            @Override
            public Duration tail() {
                return Duration.ZERO;
            }

            @Override
            public Duration write() {
                return Duration.ofMillis(100);
            }

            @Override
            public Duration lease() {
                return Duration.ofSeconds(3);
            }
        };
        return probing;
    }

    private void begin(String members) {
        here.store.database = runs.database;
        there.store.database = runs.database;
        here.start("here");
        here.begin(run, service.plan(members));
        here.ready(run);
    }

    private ProbeView view() {
        return here.views(List.of(run)).get(run);
    }

    private void awaitSent(int atLeast) {
        await().atMost(Duration.ofSeconds(20)).until(() -> view() != null && view().sent() >= atLeast);
    }

    private void stepRuns(String id, String leg, int legNo) throws Exception {
        runs.execute(
                "INSERT INTO run_step (run_id, leg_no, leg, position, step_id, title, phase, kind, state, started_at)"
                        + " VALUES (" + run + ", " + legNo + ", '" + leg + "', " + legNo + ", '" + id
                        + "', 'T', 'change', 'shell', 'running', clock_timestamp())");
    }

    @Test
    void a_healthy_service_is_probed_from_both_sides() throws Exception {
        begin("");
        awaitSent(60);
        assertThat(here.tooMany(run, Instant.EPOCH)).isEmpty();
        assertThat(view().failed()).isZero();
        assertThat(view().sentence()).startsWith("0 of ");
        assertThat(runs.text("SELECT count(DISTINCT prober) FROM run_probe_piece WHERE run_id = " + run))
                .isEqualTo("2");
        assertThat(runs.text("SELECT sent = (SELECT sum(sent) FROM run_probe_piece AS piece"
                        + " WHERE piece.run_id = run_probe.run_id) FROM run_probe WHERE run_id = " + run))
                .isEqualTo("t");
    }

    @Test
    void a_restart_of_the_service_shows_as_failed_probes_at_that_step() throws Exception {
        begin("");
        awaitSent(10);
        stepRuns("restart", "forward", 1);
        service.dies();
        await().until(() -> view().failed() > 4);
        service.comesBack();
        Instant step = Instant.now().minusSeconds(30);
        Probing.TooMany tooMany = here.tooMany(run, step).orElseThrow();
        assertThat(tooMany.words("during it"))
                .matches("\\d+ of \\d+ probes failed during it: .*refused.*; 0 are tolerated");
        assertThat(runs.text("SELECT string_agg(DISTINCT step_id, ',') FROM run_probe_failure WHERE run_id = " + run))
                .isEqualTo("restart");
        assertThat(view().outages()).isNotEmpty();
        assertThat(view().outages().get(0).step()).isEqualTo("restart");
        assertThat(view().withoutDowntime()).isFalse();
    }

    @Test
    void what_a_person_accepted_and_what_fails_on_the_way_back_stops_nothing() throws Exception {
        begin("");
        awaitSent(4);
        stepRuns("undo", "back", 2);
        service.answers((path, fresh) -> "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        await().until(() -> view().failed() > 2);
        assertThat(here.tooMany(run, Instant.EPOCH)).isEmpty();
        stepRuns("on", "again", 3);
        await().until(() -> here.tooMany(run, Instant.EPOCH).isPresent());
        service.answers((path, fresh) -> ProbedService.FINE);
        here.tooMany(run, Instant.EPOCH);
        here.accept(run);
        assertThat(here.tooMany(run, Instant.EPOCH)).isEmpty();
    }

    @Test
    void tells_at_once_when_more_failed_than_may() throws Exception {
        begin(", \"tolerate\": 2");
        awaitSent(4);
        var told = new AtomicInteger();
        try (AutoCloseable alarm = here.whenTooMany(run, told::incrementAndGet)) {
            assertThat(told).hasValue(0);
            service.dies();
            await().until(() -> told.get() > 0);
        }
    }

    @Test
    void goes_on_while_the_run_waits_for_a_person_and_ends_with_it() throws Exception {
        begin("");
        runs.execute("UPDATE run SET state = 'waiting' WHERE id = " + run);
        awaitSent(40);
        runs.execute("UPDATE run SET state = 'aborted' WHERE id = " + run);
        await().until(() ->
                runs.text("SELECT state FROM run_probe WHERE run_id = " + run).equals("over"));
        runs.execute("UPDATE run SET state = 'running' WHERE id = " + run);
    }

    @Test
    void the_gap_of_a_takeover_is_a_gap_in_coverage() throws Exception {
        begin("");
        awaitSent(20);
        // As a process that is frozen: its lease runs out, and the fence keeps it from writing when it wakes up.
        runs.execute("UPDATE run_probe SET lease_until = clock_timestamp() + interval '1 hour', fence = fence + 1,"
                + " instance = 'dead' WHERE run_id = " + run);
        long written = runs.number("SELECT sum(sent) FROM run_probe_piece WHERE run_id = " + run);
        await().pollDelay(Duration.ofMillis(1_200)).until(() -> true);
        runs.execute("UPDATE run_probe SET lease_until = clock_timestamp() WHERE run_id = " + run);
        here.stop();
        there.start("there");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> there.views(List.of(run)).get(run).sent() >= written + 20);
        ProbeView view = there.views(List.of(run)).get(run);
        assertThat(view.largestGapMs()).isGreaterThan(1_000);
        assertThat(view.coverage()).isLessThan(0.99);
        assertThat(view.withoutDowntime()).isFalse();
        assertThat(view.failed()).isZero();
    }

    @Test
    void a_slow_service_does_not_get_more_than_fifty_at_a_time() throws Exception {
        service.answers((path, fresh) -> "");
        begin(", \"every\": \"10ms\", \"timeout\": \"4s\"");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> runs.number("SELECT coalesce(sum(planned), 0) FROM run_probe_piece WHERE run_id = " + run)
                        > 200);
        assertThat(runs.number("SELECT coalesce(sum(sent), 0) FROM run_probe_piece WHERE run_id = " + run))
                .isLessThanOrEqualTo(100);
    }
}
