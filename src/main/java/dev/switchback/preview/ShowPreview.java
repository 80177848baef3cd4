package dev.switchback.preview;

import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.run.PastTimes;
import dev.switchback.run.Purpose;
import dev.switchback.run.Run;
import dev.switchback.run.RunStep;
import dev.switchback.run.Runs;
import dev.switchback.runbook.Runbook;
import dev.switchback.secret.Secrets;
import dev.switchback.step.StepExecutors;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/**
 * Shows what a run would execute. Asks no target: what is filled in comes from the revision, the environment and this
 * server. Templates know it as {@code cdi:preview}.
 */
@Named("preview")
@ApplicationScoped
public class ShowPreview {

    @Inject
    StepExecutors executors;

    @Inject
    Secrets secrets;

    @Inject
    PastTimes pastTimes;

    @Inject
    Runs runs;

    /** A run of this revision there, measured in full. The caller has seen to it that both may be seen. */
    public Preview of(MigrationRevision revision, Environment environment, String purpose) {
        return of(
                revision,
                environment.content(),
                Purpose.of(purpose).orElse(Purpose.LIVE),
                "applied",
                "full",
                List.of());
    }

    /** A run that exists, with the revision and the environment that it is pinned to. */
    public Preview of(Run run) {
        List<String> undone = run.purpose() == Purpose.ROLLBACK
                ? runs.steps(run).stream().map(RunStep::stepId).toList()
                : List.of();
        return of(run.revision(), run.pinnedEnvironment(), run.purpose(), run.finish(), run.measure(), undone);
    }

    Preview of(
            MigrationRevision revision,
            EnvironmentContent environment,
            Purpose purpose,
            String finish,
            String measure,
            List<String> undone) {
        var asked = new Preview.Asked(
                Runbook.of(revision),
                revision.number(),
                revision.contentHash(),
                environment,
                purpose,
                finish,
                measure,
                undone);
        var times = QuarkusTransaction.joiningExisting().call(() -> pastTimes.of(revision.migration()));
        return Preview.of(asked, times, new FillByExecutors(executors, environment, secrets));
    }
}
