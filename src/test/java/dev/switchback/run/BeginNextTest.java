package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.RunsDatabase;
import dev.switchback.spool.Batch;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepKind;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a step that succeeded to the next one in one statement: all of it is written, or nothing. */
class BeginNextTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String STEPS = "SELECT string_agg(step_id || ' ' || state || ' ' || attempt, ', ' ORDER BY"
            + " position) FROM run_step WHERE run_id = 1";
    private static final String EVENTS = "SELECT coalesce(string_agg(no || ' ' || action || ' ' || step_id || ' ' ||"
            + " attempt || ' ' || from_state || ' ' || to_state || ' ' || actor, ', ' ORDER BY no), 'none') FROM"
            + " run_event WHERE run_id = 1";

    private static RunsDatabase database;
    private final BeginNext beginNext = new BeginNext();
    private Run run;
    private RunStep first;
    private RunStep second;

    @BeforeAll
    static void start() throws Exception {
        database = new RunsDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void theFirstStepRuns() throws Exception {
        database.execute("TRUNCATE run_event, run_log_chunk, run_step");
        database.execute(
                "UPDATE run SET fence = 4, wanted = NULL, last_event_no = 0, last_line_no = 0, state =" + " 'running'");
        database.execute("INSERT INTO run_step (run_id, leg_no, leg, position, step_id, title, phase, kind, state,"
                + " attempt) SELECT 1, 1, 'forward', i, 's' || i, 'S', 'change', 'shell', CASE i WHEN 1 THEN 'running'"
                + " ELSE 'pending' END, 2 - i FROM generate_series(1, 2) i");
        run = new Run();
        set(run, "id", 1L);
        set(run, "state", "running");
        set(run, "legNo", 1);
        first = step("s1", 1);
        first.setState(StepState.RUNNING, NOW);
        second = step("s2", 2);
        beginNext.database = database.database;
        beginNext.feed = new RunFeed();
        beginNext.clock = InstantSource.fixed(NOW);
    }

    private RunStep step(String id, int position) throws Exception {
        var step = new RunStep(run, 1, Leg.FORWARD, position, id, "S", "change", StepKind.SHELL, 0);
        set(step, "id", database.number("SELECT id FROM run_step WHERE step_id = '" + id + "'"));
        return step;
    }

    private static void set(Object entity, String name, Object value) throws ReflectiveOperationException {
        var field = entity.getClass().getDeclaredField(name);
        field.setAccessible(true);
        field.set(entity, value);
    }

    private static Optional<Batch> lines(long part) {
        return Optional.of(new Batch(1, 4, 1, "s1", 1, part, 2, "1 oa\n1 ob\n".getBytes(StandardCharsets.UTF_8)));
    }

    private boolean goOn() throws SQLException {
        return beginNext.succeeded(
                run,
                4,
                first,
                Outcome.succeeded("exit status 0").withExitStatus(0).withWarning("mind"),
                lines(7),
                second);
    }

    private void nothingIsWritten() throws SQLException {
        assertThat(database.text(STEPS)).contains("s1 running 1");
        assertThat(database.text(EVENTS)).isEqualTo("none");
        assertThat(database.number("SELECT count(*) FROM run_log_chunk")).isZero();
        assertThat(database.number("SELECT last_line_no FROM run WHERE id = 1")).isZero();
        assertThat(second.state()).isEqualTo(StepState.PENDING);
    }

    @Test
    void writes_the_end_of_a_step_its_lines_and_the_begin_of_the_next() throws SQLException {
        assertThat(goOn()).isTrue();

        assertThat(database.text(STEPS)).isEqualTo("s1 succeeded 1, s2 running 1");
        assertThat(database.text(EVENTS))
                .isEqualTo("1 succeed s1 1 running succeeded switchback, 2 began s2 1 pending running switchback");
        assertThat(database.text("SELECT last_event_no || ' ' || last_line_no FROM run WHERE id = 1"))
                .isEqualTo("2 2");
        assertThat(database.text(
                        "SELECT first_no || ' ' || last_no || ' ' || step_id || ' ' || part FROM run_log_chunk"))
                .isEqualTo("1 2 s1 7");
        assertThat(database.text("SELECT exit_status || ' ' || message || ' ' || warning || ' ' || (ended_at ="
                        + " '2026-11-22T10:00:00Z') FROM run_step WHERE step_id = 's1'"))
                .isEqualTo("0 exit status 0 mind true");
        assertThat(second.state()).isEqualTo(StepState.RUNNING);
        assertThat(second.attempt()).isEqualTo(1);
        assertThat(run.lastEventNo()).isEqualTo(2);
    }

    @Test
    void writes_nothing_under_an_old_fence() throws SQLException {
        database.execute("UPDATE run SET fence = 5 WHERE id = 1");

        assertThat(goOn()).isFalse();

        nothingIsWritten();
    }

    @Test
    void writes_nothing_when_somebody_wants_something_of_the_run() throws SQLException {
        database.execute("UPDATE run SET wanted = 'pause' WHERE id = 1");

        assertThat(goOn()).isFalse();

        nothingIsWritten();
    }

    @Test
    void writes_nothing_when_something_happened_that_the_driver_has_not_seen() throws SQLException {
        database.execute("UPDATE run SET last_event_no = 1 WHERE id = 1");

        assertThat(goOn()).isFalse();

        nothingIsWritten();
    }

    @Test
    void writes_nothing_twice_when_its_first_answer_got_lost() throws SQLException {
        database.execute("UPDATE run_step SET state = 'running' WHERE step_id = 's2'");

        assertThatThrownBy(this::goOn).isInstanceOf(SQLException.class);

        nothingIsWritten();
    }
}
