package dev.switchback.step;

import dev.switchback.step.Answer.State;
import java.util.Optional;

/** Asks conditions. Stateless between calls, safe for use by several threads. */
public final class Conditions {

    private final StepExecutors executors;

    public Conditions(StepExecutors executors) {
        this.executors = executors;
    }

    /** Asks once. Never throws for anything the target does; lasts as long as the action does, so bring a brake. */
    public Answer ask(Condition condition, StepContext context) {
        Optional<StepExecutor> executor = executors.forKind(condition.kind());
        if (executor.isEmpty()) {
            return couldNotAsk(condition, Optional.empty(), StepExecutors.notYet(condition.kind()));
        }
        return judge(condition, executor.get().execute(condition.action(), context), context);
    }

    private static Answer judge(Condition condition, Outcome outcome, StepContext context) {
        boolean asked = outcome.result() == Outcome.Result.SUCCEEDED || outcome.result() == Outcome.Result.FAILED;
        if (!asked || context.cancellation().isCancelled()) {
            return couldNotAsk(condition, outcome.value(), outcome.message());
        }
        if (condition.is().isEmpty() && condition.expectJson().isEmpty()) {
            return byItself(condition, outcome);
        }
        if (isServerError(condition, outcome)) {
            return couldNotAsk(condition, outcome.value(), "the service answered with " + outcome.message());
        }
        if (outcome.value().isPresent()) {
            return byValue(condition, outcome.value().get(), context);
        }
        return isNull(condition, outcome)
                ? answer(State.DOES_NOT_HOLD, condition, Optional.empty(), "was NULL, which equals nothing")
                : couldNotAsk(condition, Optional.empty(), "there was no value: " + outcome.message());
    }

    private static Answer byItself(Condition condition, Outcome outcome) {
        State state = outcome.succeeded() ? State.HOLDS : State.DOES_NOT_HOLD;
        return new Answer(state, outcome.value(), condition.expected(), outcome.message());
    }

    /** A proxy's error page is not the service's answer, unless the action says that it expects that status. */
    private static boolean isServerError(Condition condition, Outcome outcome) {
        return condition.kind() == StepKind.HTTP
                && !outcome.succeeded()
                && outcome.exitStatus().filter(status -> status >= 500).isPresent();
    }

    /** A row was read, yet its first column had no value. */
    private static boolean isNull(Condition condition, Outcome outcome) {
        return condition.kind() == StepKind.SQL && outcome.succeeded();
    }

    private static Answer byValue(Condition condition, String value, StepContext context) {
        Optional<String> difference = condition.expectJson().flatMap(json -> json.difference(value));
        if (difference.isPresent()) {
            return answer(State.DOES_NOT_HOLD, condition, Optional.of(value), difference.get());
        }
        boolean holds = condition.is().map(is -> is.holds(value)).orElse(true);
        return answer(
                holds ? State.HOLDS : State.DOES_NOT_HOLD,
                condition,
                Optional.of(value),
                "was " + (value.isBlank() ? "empty" : context.firstLine(value)));
    }

    private static Answer answer(State state, Condition condition, Optional<String> value, String message) {
        String expected = condition.expected();
        String sentence = message.contains("expected") ? message : message + ", expected " + expected;
        return new Answer(state, value, expected, sentence);
    }

    private static Answer couldNotAsk(Condition condition, Optional<String> value, String why) {
        return new Answer(State.COULD_NOT_ASK, value, condition.expected(), "could not ask: " + why);
    }
}
