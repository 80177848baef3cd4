package dev.switchback.step;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.secret.MissingSecretException;

/**
 * An executor that keeps the promise never to throw: what is missing becomes <em>errored</em>, a defect of Switchback
 * itself becomes <em>unknown</em>, because nobody can say how far the attempt came.
 */
public abstract class CarefulExecutor implements StepExecutor {

    @Override
    public final Outcome execute(JsonNode action, StepContext context) {
        if (context.cancellation().isCancelled()) {
            return Outcome.errored("stopped before it began", "an attempt that is not stopped");
        }
        try {
            return carryOut(new Action(action), context);
        } catch (CouldNotAskException missing) {
            return Outcome.errored(missing.getMessage(), missing.expected());
        } catch (MissingSecretException missing) {
            return Outcome.errored(missing.getMessage(), "a configured secret");
        } catch (RuntimeException defect) {
            return Outcome.unknown(
                    "Switchback itself failed while it ran this: " + defect,
                    "no error inside Switchback; look at the target before running it again");
        }
    }

    /** What would be missing is said by {@link #execute}, if it comes to that. */
    @Override
    public final Preparation prepare(JsonNode action, StepContext context) {
        try {
            return makeReady(new Action(action), context);
        } catch (CouldNotAskException | MissingSecretException later) {
            return Preparation.NOTHING;
        }
    }

    /** What {@link #prepare} does; nothing by default. */
    protected Preparation makeReady(Action action, StepContext context) {
        return Preparation.NOTHING;
    }

    @Override
    public final Rendering render(JsonNode action, StepContext context) {
        var stated = new Action(action);
        var draft = new Rendering.Draft();
        return draft.attempt(() -> draw(stated, context, draft)).done(summary(stated));
    }

    @Override
    public final String describe(JsonNode action) {
        return summary(new Action(action));
    }

    /**
     * Carries the action out.
     *
     * @throws CouldNotAskException when nothing was done and nothing could be
     */
    protected abstract Outcome carryOut(Action action, StepContext context);

    /**
     * Fills in what {@link #render} shows, with what {@link #carryOut} uses.
     *
     * @throws CouldNotAskException when the rest cannot be filled in
     */
    protected abstract void draw(Action action, StepContext context, Rendering.Draft draft);

    /** The line of {@link #describe}; must not throw for an incomplete action. */
    protected abstract String summary(Action action);
}
