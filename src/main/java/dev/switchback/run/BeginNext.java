package dev.switchback.run;

import dev.switchback.spool.Batch;
import dev.switchback.step.Outcome;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The most usual thing that happens to a run, in one statement that is its own transaction: the last lines of a step are
 * stored, the step succeeded, the next one began. It writes what {@link RunLedger} would write, under the fence, and only
 * when nothing happened to the run since its driver looked: the number of its last event is the same, and nobody wants
 * anything of it. Otherwise it writes nothing, and the driver looks again.
 */
@ApplicationScoped
public class BeginNext {

    private static final String SQL = "WITH held AS (UPDATE run SET last_event_no = last_event_no + 2,"
            + " last_line_no = last_line_no + ? WHERE id = ? AND fence = ? AND state = ? AND leg_no = ?"
            + " AND last_event_no = ? AND wanted IS NULL RETURNING id, last_event_no, last_line_no),"
            + " ended AS (UPDATE run_step AS step SET state = ?, ended_at = ?::timestamptz, message = ?, expected = ?,"
            + " exit_status = ?, warning = ?, retry_safe = false, log_asks = NULL, log_asked_at = NULL FROM held"
            + " WHERE step.id = ? AND step.run_id = held.id AND step.state = ? AND step.attempt = ? RETURNING step.id),"
            + " begun AS (UPDATE run_step AS step SET state = ?, attempt = attempt + 1, started_at = ?::timestamptz,"
            + " ended_at = NULL, exit_status = NULL, message = NULL, expected = NULL, warning = NULL,"
            + " log_asks = NULL, log_asked_at = NULL, log_may = NULL, log_stopped_by = NULL FROM held"
            + " WHERE step.id = ? AND step.run_id = held.id AND step.state = ? AND step.attempt = ?"
            + " AND step.not_before IS NULL RETURNING step.id),"
            + " written AS (INSERT INTO run_event (run_id, no, at, actor, action, leg, step_id, attempt, from_state,"
            + " to_state, note) SELECT id, last_event_no - 1, ?::timestamptz, ?::text, ?::text, ?::text, ?::text,"
            + " ?::integer, ?::text, ?::text, ?::text FROM held UNION ALL SELECT id, last_event_no, ?::timestamptz,"
            + " ?::text, ?::text, ?::text, ?::text, ?::integer, ?::text, ?::text, NULL FROM held),"
            + " stored AS (INSERT INTO run_log_chunk (run_id, first_no, last_no, leg_no, step_id, attempt, part, lines)"
            + " SELECT id, last_line_no - ?::integer + 1, last_line_no, ?::integer, ?::text, ?::integer, ?::bigint,"
            + " ?::bytea FROM held WHERE ?::integer > 0)"
            // Both steps or nothing: what cannot happen fails, and takes everything back.
            + " SELECT last_event_no / (SELECT count(*) FROM ended, begun) FROM held";

    @Inject
    @DataSource("engine")
    javax.sql.DataSource database;

    @Inject
    RunFeed feed;

    @Inject
    InstantSource clock;

    /**
     * Writes that a step of the driver's own succeeded and that the next one began, and changes both in memory likewise.
     *
     * @param run as its driver read it last; its last event is the newest one that the driver knows
     * @param fence of the driver's lease
     * @param step runs
     * @param lines its last lines that are not stored yet
     * @param next is pending, and the next one of the same leg
     * @return whether it was written; if not, nothing was
     * @throws SQLException when it is not known whether it was written
     */
    public boolean succeeded(Run run, long fence, RunStep step, Outcome outcome, Optional<Batch> lines, RunStep next)
            throws SQLException {
        Instant now = clock.instant();
        StepState came =
                StepState.LIFE.next(step.state(), StepHappening.SUCCEED).orElseThrow();
        StepState begins =
                StepState.LIFE.next(next.state(), StepHappening.BEGAN).orElseThrow();
        // As text: of the four, the driver of the database would write each anew, and slowly.
        String at = now.truncatedTo(ChronoUnit.MICROS).toString();
        var given = new Given();
        given.all(
                lines.map(Batch::lines).orElse(0), run.id(), fence, run.state().word(), run.legNo());
        given.all(run.lastEventNo());
        given.all(came.word(), at, outcome.message(), outcome.expected().isEmpty() ? null : outcome.expected());
        given.all(outcome.exitStatus().orElse(null), outcome.warning().orElse(null));
        given.all(step.id(), step.state().word(), step.attempt());
        given.all(begins.word(), at, next.id(), next.state().word(), next.attempt());
        given.all(at, RunLedger.ENGINE, StepHappening.SUCCEED.word(), step.leg().word(), step.stepId());
        given.all(
                step.attempt(),
                step.state().word(),
                came.word(),
                outcome.warning().orElse(null));
        given.all(at, RunLedger.ENGINE, StepHappening.BEGAN.word(), next.leg().word(), next.stepId());
        given.all(next.attempt() + 1, next.state().word(), begins.word());
        given.lines(step, lines);
        if (!write(given)) {
            return false;
        }
        run.nextEventNo();
        run.nextEventNo();
        next.setState(begins, now);
        feed.changed(run.id());
        return true;
    }

    private boolean write(Given given) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SQL)) {
            given.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** What stands for the question marks, in order. */
    private static final class Given {
        private final List<Object> values = new ArrayList<>();

        void all(Object... more) {
            values.addAll(Arrays.asList(more));
        }

        void lines(RunStep step, Optional<Batch> lines) {
            int count = lines.map(Batch::lines).orElse(0);
            all(count, step.legNo(), step.stepId(), step.attempt());
            all(lines.map(Batch::part).orElse(0L), lines.map(Batch::bytes).orElse(new byte[0]), count);
        }

        void bind(PreparedStatement statement) throws SQLException {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
        }
    }
}
