package dev.switchback.step.check;

import dev.switchback.step.Action;
import dev.switchback.step.Answer;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CarefulExecutor;
import dev.switchback.step.Condition;
import dev.switchback.step.Conditions;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Durations;
import dev.switchback.step.Outcome;
import dev.switchback.step.Rendering;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks the condition {@code {<reading action>, is | expectJson, within}} once, or every second until it holds or
 * {@code within} has passed. When the time is over, the last answer counts: "it does not hold" is <em>failed</em>,
 * "could not ask" is <em>errored</em>. Asking changes nothing.
 */
public final class CheckStepExecutor extends CarefulExecutor {

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final StepExecutors readers;
    private final Conditions conditions;
    private final Duration between;

    /** @param readers the executors that conditions are asked with */
    public CheckStepExecutor(StepExecutors readers) {
        this(readers, BETWEEN);
    }

    CheckStepExecutor(StepExecutors readers, Duration between) {
        this.readers = readers;
        this.conditions = new Conditions(readers);
        this.between = between;
    }

    @Override
    public StepKind kind() {
        return StepKind.CHECK;
    }

    @Override
    protected String summary(Action action) {
        try {
            Condition condition = Condition.of(action.members());
            String within = action.text("within").map(time -> " within " + time).orElse("");
            return question(condition) + ": " + condition.expected() + within;
        } catch (IllegalArgumentException incomplete) {
            return "";
        }
    }

    /** What is asked, as whoever asks it would say it. */
    private String question(Condition condition) {
        return readers.forKind(condition.kind())
                .map(reader -> reader.describe(condition.action()))
                .filter(said -> !said.isBlank())
                .orElse(condition.kind().word());
    }

    @Override
    protected Outcome carryOut(Action action, StepContext context) {
        Condition condition = condition(action);
        Optional<Duration> within = action.duration("within");
        var asking = new Asking(condition, context);
        long deadline = System.nanoTime() + within.orElse(Duration.ZERO).toNanos();
        Answer answer = asking.ask(within);
        while (!answer.holds() && !context.cancellation().isCancelled()) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || left.isZero() || asking.stoppedIn(shorter(between, left))) {
                break;
            }
            answer = asking.ask(
                    Optional.of(Duration.ofNanos(Math.max(deadline - System.nanoTime(), BETWEEN.toNanos()))));
        }
        return outcome(answer, within, context);
    }

    @Override
    protected void draw(Action action, StepContext context, Rendering.Draft draft) {
        Condition condition = condition(action);
        String within = action.duration("within")
                .map(limit -> ", asked again every second until " + Durations.words(limit) + " have passed")
                .orElse("");
        draft.expects(condition.expected() + within);
        StepExecutor reader = readers.forKind(condition.kind())
                .orElseThrow(() -> new CouldNotAskException(
                        StepExecutors.notYet(condition.kind()), "a kind of question that this version can ask"));
        Rendering asked = reader.render(condition.action(), context);
        draft.at(asked.place()).parts(asked.parts());
        asked.trouble().ifPresent(draft::trouble);
    }

    private static Condition condition(Action action) {
        try {
            return Condition.of(action.members());
        } catch (IllegalArgumentException wrong) {
            throw new CouldNotAskException(wrong.getMessage(), "one action that reads");
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Outcome outcome(Answer answer, Optional<Duration> within, StepContext context) {
        String time = within.filter(any -> !answer.holds())
                .map(limit -> " within " + Durations.words(limit))
                .orElse("");
        String expected = answer.expected() + time;
        String stopped = context.cancellation()
                .reason()
                .map(reason -> reason == Cancellation.Reason.TIMEOUT ? "timed out; " : "aborted; ")
                .orElse("");
        Outcome outcome = switch (answer.state()) {
            case HOLDS -> Outcome.succeeded(answer.message());
            case DOES_NOT_HOLD -> Outcome.failed(stopped + answer.message(), expected);
            case COULD_NOT_ASK ->
                stopped.isEmpty()
                        ? Outcome.errored(answer.message(), expected)
                        : Outcome.failed(stopped + answer.message(), expected);
        };
        return outcome.withValue(answer.value().orElse(null));
    }

    /** Asks again and again under one brake; each question has a brake of its own for its time limit. */
    private final class Asking {
        private final Condition condition;
        private final StepContext context;
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final AtomicReference<Cancellation> current = new AtomicReference<>(new Cancellation());
        private String lastLine = "";

        Asking(Condition condition, StepContext context) {
            this.condition = condition;
            this.context = context;
            context.cancellation().onCancel(() -> {
                stopped.countDown();
                current.get().cancel(reason(), grace());
            });
        }

        private Cancellation.Reason reason() {
            return context.cancellation().reason().orElse(Cancellation.Reason.ABORTED);
        }

        private Duration grace() {
            return context.cancellation().grace(context.grace());
        }

        Answer ask(Optional<Duration> limit) {
            var brake = new Cancellation();
            current.set(brake);
            if (context.cancellation().isCancelled()) {
                brake.cancel(reason(), grace());
            }
            limit.ifPresent(time -> delayed(time).execute(() -> brake.cancel(Cancellation.Reason.TIMEOUT)));
            Answer answer = conditions.ask(condition, withBrake(brake));
            tell(answer);
            return answer;
        }

        private Executor delayed(Duration time) {
            return CompletableFuture.delayedExecutor(
                    Math.max(time.toMillis(), BETWEEN.toMillis()), TimeUnit.MILLISECONDS);
        }

        /** What the reading action itself has to say is of no interest a hundred times over. */
        private StepContext withBrake(Cancellation brake) {
            return new StepContext(
                    context.targets(),
                    context.variables(),
                    context.secrets(),
                    (stream, text) -> {},
                    brake,
                    context.grace(),
                    context.mark());
        }

        private void tell(Answer answer) {
            String line =
                    (answer.holds() ? "holds: " : answer.couldNotAsk() ? "" : "does not hold: ") + answer.message();
            if (!line.equals(lastLine)) {
                context.log().engine(line);
                lastLine = line;
            }
        }

        boolean stoppedIn(Duration time) {
            try {
                return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
    }
}
