package dev.switchback.run;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import javax.sql.DataSource;

/** Writes down that the output of a step waits, asks a person, and looks for the answer. */
@ApplicationScoped
class PauseOutput {

    @Inject
    Runs runs;

    @Inject
    RunLedger ledger;

    @Inject
    InstantSource clock;

    @Inject
    DataSource database;

    /** The pauses of one attempt, under one lease. */
    OutputPauses of(Run run, RunStep step, long fence) {
        return new OfAttempt(run.id(), step.id(), fence);
    }

    private final class OfAttempt implements OutputPauses {

        private final long runId;
        private final long stepId;
        private final long fence;

        private OfAttempt(long runId, long stepId, long fence) {
            this.runId = runId;
            this.stepId = stepId;
            this.fence = fence;
        }

        @Override
        public void ask(Why why, long printed, long allowed) {
            String sentence = why == Why.LIMIT
                    ? "It has printed " + size(printed) + "; its output waits, and so does the process"
                    : "There is little room left on the disk; its output waits, and so does the process";
            write((run, step) -> {
                step.asksToPrint(why, allowed, sentence, clock.instant());
                run.because("Step " + step.stepId() + " asks whether it may print more");
                ledger.note(run, step, "output-paused", RunLedger.ENGINE, sentence);
            });
        }

        @Override
        public void goesOn() {
            write((run, step) -> {
                if (step.asksToPrint()) {
                    step.printsOn();
                    run.because(null);
                    ledger.note(run, step, "output-goes-on", RunLedger.ENGINE, "There is room on the disk again");
                }
            });
        }

        private void write(BiConsumer<Run, RunStep> entry) {
            QuarkusTransaction.requiringNew().run(() -> {
                Run run = runs.requireLocked(runId);
                if (run.fence() != fence) {
                    throw new RunLog.LostLeaseException(runId);
                }
                runs.steps(run, run.legNo()).stream()
                        .filter(step -> step.id() == stepId)
                        .findFirst()
                        .ifPresent(step -> entry.accept(run, step));
            });
        }

        @Override
        public Answer answer() {
            String sql = "SELECT coalesce(log_may, 0), log_stopped_by IS NOT NULL FROM run_step WHERE id = ?";
            try (var connection = database.getConnection();
                    var statement = connection.prepareStatement(sql)) {
                statement.setLong(1, stepId);
                try (var row = statement.executeQuery()) {
                    return row.next() ? new Answer(row.getLong(1), row.getBoolean(2)) : new Answer(0, false);
                }
            } catch (SQLException e) {
                throw new IllegalStateException("the answer could not be read", e);
            }
        }
    }

    /** {@code 1.0 GiB}, {@code 64 MiB}, {@code 900 bytes}. */
    static String size(long bytes) {
        if (bytes >= 1L << 30) {
            return String.format(java.util.Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
        }
        return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }
}
