package dev.switchback.sampling;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Carries actions out, one at a time, each with a time limit and all under one brake. */
final class Braked {

    private final StepExecutor executor;
    private final JsonNode action;
    private final Place place;
    private final Duration timeout;
    private final Cancellation brake;
    private volatile Cancellation current = new Cancellation();

    Braked(StepExecutor executor, JsonNode action, Place place, Duration timeout, Cancellation brake) {
        this.executor = executor;
        this.action = action;
        this.place = place;
        this.timeout = timeout;
        this.brake = brake;
        brake.onCancel(() -> current.cancel(Cancellation.Reason.ABORTED));
    }

    /** Once; values of the input go before variables of the same name. */
    Outcome once(Map<String, String> input) {
        var own = new Cancellation(() -> !brake.isCancelled());
        current = own;
        var over = new CompletableFuture<Void>();
        over.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally(tooLong -> {
            own.cancel(Cancellation.Reason.TIMEOUT);
            return null;
        });
        try {
            return executor.execute(action, place.with(input, own));
        } finally {
            over.complete(null);
        }
    }

    /** One line that says what it does. */
    String words() {
        return executor.kind().word() + " " + executor.describe(action);
    }
}
