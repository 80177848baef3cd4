package dev.switchback.sampling;

import dev.switchback.secret.Secrets;
import dev.switchback.step.Cancellation;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepLog;
import dev.switchback.step.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Where samples are taken.
 *
 * @param targets the targets of the environment, by name
 * @param variables its variables; values, never code
 * @param secrets looks up {@code secret:NAME}
 * @param mark identifies the sitting in the environment of every process it starts
 */
public record Place(Map<String, Target> targets, Map<String, String> variables, Secrets secrets, String mark) {

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final StepLog NO_LOG = (stream, text) -> {};

    public Place {
        targets = Map.copyOf(targets);
        variables = Map.copyOf(variables);
    }

    /** What an action may use here that asks for one input; the values of the input go before variables of that name. */
    StepContext with(Map<String, String> input, Cancellation brake) {
        var values = new HashMap<>(variables);
        values.putAll(input);
        return new StepContext(targets, values, secrets, NO_LOG, brake, GRACE, mark);
    }
}
