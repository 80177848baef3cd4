package dev.switchback.step.wait;

import dev.switchback.step.Action;
import dev.switchback.step.CarefulExecutor;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Durations;
import dev.switchback.step.Outcome;
import dev.switchback.step.Rendering;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepKind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets the time of {@code {for: 5m}} pass; changes nothing. The brake ends it at once. */
public final class WaitStepExecutor extends CarefulExecutor {

    @Override
    public StepKind kind() {
        return StepKind.WAIT;
    }

    @Override
    protected String summary(Action action) {
        return "wait " + action.text("for").orElse("");
    }

    @Override
    protected void draw(Action action, StepContext context, Rendering.Draft draft) {
        draft.text("wait", Durations.words(wanted(action))).expects("nothing happens meanwhile that stops the run");
    }

    private static Duration wanted(Action action) {
        return action.duration("for")
                .orElseThrow(() -> new CouldNotAskException("the action does not say for how long", "for: 5m"));
    }

    @Override
    protected Outcome carryOut(Action action, StepContext context) {
        Duration wanted = wanted(action);
        context.log().engine("waits " + Durations.words(wanted));
        var brake = new CountDownLatch(1);
        context.cancellation().onCancel(brake::countDown);
        try {
            return brake.await(wanted.toNanos(), TimeUnit.NANOSECONDS)
                    ? Outcome.failed(
                            "stopped before the time was over; nothing was changed",
                            "a wait of " + Durations.words(wanted))
                    : Outcome.succeeded("waited " + Durations.words(wanted));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Outcome.errored("the server stopped while it waited; nothing was changed", "a wait to the end");
        }
    }
}
