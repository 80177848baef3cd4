package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.sampling.CouldNotAsk;
import dev.switchback.secret.Secrets;
import dev.switchback.step.Answer;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Condition;
import dev.switchback.step.Conditions;
import dev.switchback.step.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks an environment who it is, before anything is measured there: figures of the wrong place are worse than none. */
@ApplicationScoped
class AskIdentity {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Inject
    Conditions conditions;

    @Inject
    ScheduledExecutorService timer;

    /** Why it must not be measured; empty when the environment is the one it should be, or says nothing about it. */
    Optional<CouldNotAsk> refusal(EnvironmentContent environment, Secrets secrets, Cancellation parent, String mark) {
        for (JsonNode condition : environment.identity()) {
            Answer answer = ask(Condition.of(condition), environment, secrets, parent, mark);
            if (!answer.holds()) {
                String message = answer.couldNotAsk()
                        ? "It could not be asked whether this is " + environment.key() + ": " + answer.message()
                        : "This is not " + environment.key() + ": " + answer.message() + "; nothing was measured";
                return Optional.of(new CouldNotAsk(message, answer.expected()));
            }
        }
        return Optional.empty();
    }

    private Answer ask(
            Condition condition, EnvironmentContent environment, Secrets secrets, Cancellation parent, String mark) {
        var brake = new Cancellation();
        parent.onCancel(() -> brake.cancel(Cancellation.Reason.ABORTED));
        var patience = timer.schedule(
                () -> brake.cancel(Cancellation.Reason.TIMEOUT), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return conditions.ask(
                    condition,
                    new StepContext(
                            environment.targets(),
                            environment.variables(),
                            secrets,
                            (stream, text) -> {},
                            brake,
                            Duration.ofSeconds(2),
                            mark));
        } finally {
            patience.cancel(false);
        }
    }
}
