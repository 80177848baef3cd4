package dev.switchback.run;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.secret.Secrets;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.step.Answer;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Condition;
import dev.switchback.step.Conditions;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks a condition of an environment outside of a step: nothing is logged, and no answer within 10 s is none. */
@ApplicationScoped
public class AskTargets {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Inject
    Conditions conditions;

    @Inject
    Secrets secrets;

    @Inject
    ScheduledExecutorService timer;

    /** The answer; secrets are masked in it. */
    public Answer once(Condition condition, EnvironmentContent environment) {
        return once(condition, environment, (stream, text) -> {}, new Cancellation(), "ask");
    }

    /** The same as part of an attempt: with its log, its brake and its mark. */
    public Answer once(
            Condition condition, EnvironmentContent environment, StepLog log, Cancellation parent, String mark) {
        var brake = new Cancellation();
        parent.onCancel(() -> brake.cancel(Cancellation.Reason.ABORTED));
        var used = new TrackingSecrets(secrets);
        var patience = timer.schedule(
                () -> brake.cancel(Cancellation.Reason.TIMEOUT), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        try {
            Answer answer = conditions.ask(
                    condition,
                    new StepContext(
                            environment.targets(),
                            environment.variables(),
                            used,
                            log,
                            brake,
                            Duration.ofSeconds(2),
                            mark));
            var masker = used.masker();
            return new Answer(
                    answer.state(), answer.value().map(masker::mask), answer.expected(), masker.mask(answer.message()));
        } finally {
            patience.cancel(false);
        }
    }
}
