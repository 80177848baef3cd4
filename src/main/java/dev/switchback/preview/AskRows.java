package dev.switchback.preview;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.secret.Secrets;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Foreseen;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepExecutors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks the databases of an environment how many rows the steps would touch; changes nothing there. A database that does
 * not answer costs that answer only. About twenty seconds for all of them together.
 */
@ApplicationScoped
public class AskRows {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    StepExecutors executors;

    @Inject
    Secrets secrets;

    @Inject
    ScheduledExecutorService timer;

    /** The same preview with the rows. Connects to targets; to be called outside of a transaction. */
    Preview ask(Preview preview, Runbook runbook, EnvironmentContent environment) {
        var used = new TrackingSecrets(secrets);
        var brake = new Cancellation();
        var patience = timer.schedule(
                () -> brake.cancel(Cancellation.Reason.TIMEOUT), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        var context = new StepContext(
                environment.targets(),
                environment.variables(),
                used,
                (stream, text) -> {},
                brake,
                Duration.ofSeconds(2),
                "preview");
        try {
            return preview.asked(preview.steps().stream()
                    .map(step -> about(step, runbook.step(step.id()).orElseThrow(), context, used))
                    .toList());
        } finally {
            patience.cancel(false);
        }
    }

    private PreviewStep about(PreviewStep shown, RunbookStep step, StepContext context, TrackingSecrets used) {
        List<Foreseen> said = executors
                .forKind(step.kind())
                .map(executor -> executor.foresee(step.action(), context))
                .orElse(List.of())
                .stream()
                .map(each -> each.with(text -> used.masker().mask(text)))
                .toList();
        return said.isEmpty() ? shown : shown.with(said, atMost(step));
    }

    private static Long atMost(RunbookStep step) {
        var stated = step.action().path("atMost");
        return stated.canConvertToLong() ? Long.valueOf(stated.asLong()) : null;
    }
}
