package dev.switchback.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.RunsDatabase;
import dev.switchback.secret.EnvironmentSecrets;
import dev.switchback.verdict.Probe.Failure;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ProbedRunTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static RunsDatabase runs;
    private static long next;

    private final Probing here = probing();
    private final Probing there = probing();
    private ProbedService service;
    private long run;

    @BeforeAll
    static void open() throws Exception {
        runs = new RunsDatabase();
        runs.execute(
                "INSERT INTO run (migration_id, revision_id, environment_id, environment_content, service, purpose,"
                        + " finish, measure, state, direction, leg_no, requested_by, created_at, fence) SELECT 1, 1, 1,"
                        + " '{}', 't' || i, 'live', 'applied', 'none', 'running', 'forward', 1, 'a', now(), 4 FROM"
                        + " generate_series(1, 9) i");
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
        await().atMost(PATIENCE).until(() -> view() != null && view().sent() >= atLeast);
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
    void steps_wait_until_both_probers_have_sent() throws Exception {
        begin("");
        here.tooMany(run, Instant.EPOCH);
        assertThat(runs.number("SELECT count(DISTINCT prober) FROM run_probe_piece WHERE sent > 0 AND run_id = " + run))
                .isEqualTo(2);
    }

    @Test
    void the_time_that_is_probed_begins_with_the_first_slot() throws Exception {
        here.store.database = runs.database;
        here.begin(run, service.plan(""));
        // As on a machine that is so busy that it takes ten seconds to get going.
        runs.execute("UPDATE run_probe SET began_at = began_at - interval '10 seconds' WHERE run_id = " + run);
        here.start("here");
        awaitSent(20);
        assertThat(view().largestGapMs()).isLessThan(9_000);
        assertThat(runs.number(
                        "SELECT count(*) FROM run_probe WHERE began_at > clock_timestamp() - interval '9 seconds'"
                                + " AND run_id = " + run))
                .isEqualTo(1);
    }

    @Test
    void an_outage_that_goes_on_and_on_is_stored_in_sums() throws Exception {
        begin("");
        awaitSent(10);
        here.stop();
        runs.execute("UPDATE run_probe SET failed = " + ProbeStore.SINGLY + " WHERE run_id = " + run);
        service.answers((path, fresh) -> "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        there.store.database = runs.database;
        there.start("there");
        String failures = " FROM run_probe_failure WHERE run_id = " + run;
        await().atMost(PATIENCE).until(() -> runs.number("SELECT coalesce(sum(probes), 0)" + failures) > 40);
        there.stop();
        assertThat(runs.number("SELECT count(*)" + failures)).isLessThan(runs.number("SELECT sum(probes)" + failures));
        assertThat(runs.number("SELECT counted FROM run_probe WHERE run_id = " + run))
                .isEqualTo(runs.number("SELECT sum(probes)" + failures));
        assertThat(runs.number("SELECT failed FROM run_probe WHERE run_id = " + run) - ProbeStore.SINGLY)
                .isEqualTo(runs.number("SELECT sum(probes)" + failures));
    }

    @Test
    void what_was_written_already_counts_once_when_only_the_answer_was_lost() throws Exception {
        here.store.database = runs.database;
        here.begin(run, service.plan(""));
        ProbeStore.Lease lease = here.store
                .take(run, "here", Duration.ofMinutes(1))
                .orElseThrow()
                .lease();
        var time = new Timeline(Instant.now(), Instant.now());
        Sent failed = new Sent(0, 10, 5, Failure.REFUSED, 0, "refused");
        var first = new Piece(0, Prober.Kind.NEW, 0, 2_000_000, 1, List.of(failed));
        var next = new Piece(1, Prober.Kind.NEW, 2_000_000, 3_000_000, 1, List.of(new Sent(1, 20, 5, null, 200, null)));
        here.store.write(lease, "here", List.of(first), true, time, null, Duration.ofMinutes(1));
        here.store.write(lease, "here", List.of(first, next), true, time, null, Duration.ofMinutes(1));
        assertThat(runs.text("SELECT sent || ' ' || failed || ' ' || counted FROM run_probe WHERE run_id = " + run))
                .isEqualTo("2 1 1");
    }

    @Test
    void what_failed_before_a_person_accepted_it_is_accepted_also_when_it_is_written_later() throws Exception {
        here.store.database = runs.database;
        here.begin(run, service.plan(""));
        ProbeStore.Lease lease = here.store
                .take(run, "here", Duration.ofMinutes(1))
                .orElseThrow()
                .lease();
        Instant began = Instant.now().minusSeconds(60);
        var time = new Timeline(began, Instant.now());
        here.store.write(lease, "here", List.of(failedAt(0, 1_000_000)), true, time, null, Duration.ofMinutes(1));
        assertThat(here.tooMany(run, Instant.EPOCH)).isPresent();
        here.accept(run);
        here.store.write(lease, "here", List.of(failedAt(1, 2_000_000)), true, time, null, Duration.ofMinutes(1));
        assertThat(here.tooMany(run, Instant.EPOCH)).isEmpty();
        here.store.write(lease, "here", List.of(failedAt(2, 120_000_000)), true, time, null, Duration.ofMinutes(1));
        assertThat(here.tooMany(run, Instant.EPOCH)).isPresent();
    }

    private static Piece failedAt(long no, long us) {
        var failed = new Sent(no, us, 5, Failure.REFUSED, 0, "refused");
        return new Piece(no, Prober.Kind.NEW, us, us + 1, 1, List.of(failed));
    }

    @Test
    void a_restart_of_the_service_shows_as_failed_probes_at_that_step() throws Exception {
        begin("");
        awaitSent(10);
        stepRuns("restart", "forward", 1);
        service.dies();
        await().atMost(PATIENCE).until(() -> view().failed() > 4);
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
        await().atMost(PATIENCE).until(() -> view().failed() > 2);
        assertThat(here.tooMany(run, Instant.EPOCH)).isEmpty();
        stepRuns("on", "again", 3);
        await().atMost(PATIENCE).until(() -> here.tooMany(run, Instant.EPOCH).isPresent());
        service.answers((path, fresh) -> ProbedService.FINE);
        here.tooMany(run, Instant.EPOCH);
        here.accept(run);
        assertThat(here.tooMany(run, Instant.EPOCH)).isEmpty();
    }

    @Test
    void a_slow_request_that_was_cut_is_told_at_the_step_that_cut_it() throws Exception {
        var asked = new CompletableFuture<Boolean>();
        var never = new CompletableFuture<String>();
        service.answers((path, fresh) -> {
            if (path.equals("/report")) {
                asked.complete(true);
                return never.join();
            }
            return ProbedService.FINE;
        });
        begin(", \"tolerate\": 1000, \"slowRequest\": {\"request\": \"GET /report\"}");
        asked.get(20, TimeUnit.SECONDS);
        stepRuns("restart", "forward", 1);
        service.dies();
        String slow = " FROM run_probe_failure WHERE prober = 'slow' AND run_id = " + run;
        await().atMost(PATIENCE).until(() -> runs.number("SELECT count(*)" + slow) > 0);
        assertThat(runs.text("SELECT step_id" + slow + " ORDER BY at")).isEqualTo("restart");
        assertThat(runs.text("SELECT kind" + slow + " ORDER BY at")).isEqualTo("reset");
        never.complete(ProbedService.FINE);
    }

    @Test
    void a_slow_request_and_a_write_leave_the_steady_probers_alone() throws Exception {
        begin(", \"slowRequest\": {\"request\": \"GET /report\"}, \"writeThenRead\": {\"mayWrite\": true, \"write\":"
                + " {\"request\": \"PUT /notes/{probe}\"}, \"read\": {\"request\": \"GET /notes/{probe}\"}}");
        String pieces = "SELECT count(DISTINCT prober) FROM run_probe_piece WHERE sent > 0 AND run_id = " + run;
        await().atMost(PATIENCE).until(() -> runs.number(pieces) == 4);
        String slow = "SELECT sum(sent) FROM run_probe_piece WHERE prober = 'slow' AND run_id = " + run;
        await().atMost(PATIENCE).until(() -> runs.number(slow) >= 2);
        here.tooMany(run, Instant.EPOCH);
        assertThat(runs.number(slow))
                .as("one a second, not one after the other")
                .isLessThan(40);
        assertThat(runs.text("SELECT string_agg(prober || kind || message, ', ') FROM run_probe_failure WHERE run_id = "
                        + run))
                .isNull();
        assertThat(view().coverage()).isGreaterThan(0.5);
    }

    @Test
    void tells_at_once_when_more_failed_than_may() throws Exception {
        begin(", \"tolerate\": 2");
        awaitSent(4);
        var told = new AtomicInteger();
        try (AutoCloseable alarm = here.whenTooMany(run, told::incrementAndGet)) {
            assertThat(told).hasValue(0);
            service.dies();
            await().atMost(PATIENCE).until(() -> told.get() > 0);
        }
    }

    @Test
    void a_database_that_is_away_for_a_moment_loses_nothing() throws Exception {
        var asked = new AtomicInteger();
        service.answers((path, fresh) -> {
            asked.incrementAndGet();
            return ProbedService.FINE;
        });
        begin("");
        awaitSent(10);
        var away = new AtomicBoolean(true);
        here.store.database = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (away.get()) {
                    throw new SQLException("the database is away");
                }
                return runs.database.getConnection();
            }
        };
        int before = asked.get();
        // Some writings, each of which fails, and then asks whether the run is over; a second of a lease of three.
        await().atMost(PATIENCE).until(() -> asked.get() > before + 20);
        away.set(false);
        awaitSent(before + 60);
        assertThat(runs.number("SELECT fence FROM run_probe WHERE run_id = " + run))
                .as("the same prober goes on")
                .isEqualTo(1);
        assertThat(runs.number("SELECT max(fence) FROM run_probe_piece WHERE run_id = " + run))
                .isEqualTo(1);
    }

    @Test
    void goes_on_while_the_run_waits_for_a_person_and_ends_with_it() throws Exception {
        begin("");
        runs.execute("UPDATE run SET state = 'waiting' WHERE id = " + run);
        awaitSent(40);
        runs.execute("UPDATE run SET state = 'aborted' WHERE id = " + run);
        await().atMost(PATIENCE)
                .until(() -> runs.text("SELECT state FROM run_probe WHERE run_id = " + run)
                        .equals("over"));
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
        await().atMost(PATIENCE).until(() -> there.views(List.of(run)).get(run).sent() >= written + 20);
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
        await().atMost(PATIENCE)
                .until(() -> runs.number("SELECT coalesce(sum(planned), 0) FROM run_probe_piece WHERE run_id = " + run)
                        > 200);
        assertThat(runs.number("SELECT coalesce(sum(sent), 0) FROM run_probe_piece WHERE run_id = " + run))
                .isLessThanOrEqualTo(100);
    }
}
