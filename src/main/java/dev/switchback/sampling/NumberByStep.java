package dev.switchback.sampling;

import dev.switchback.step.Cancellation;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import java.util.Map;

/**
 * A number that a query or a command gives, asked as steps ask: the first column of the first row, the last line.
 *
 * @param asking asks
 * @param who "the query" or "the command"
 */
record NumberByStep(Braked asking, String who) implements ReadNumber {

    static NumberByStep of(MetricPlan plan, StepExecutors executors, Place place, Cancellation brake) {
        StepKind kind = plan.source() == SourceKind.SQL ? StepKind.SQL : StepKind.SHELL;
        var executor = executors
                .forKind(kind)
                .orElseThrow(() ->
                        new CouldNotAskException(StepExecutors.notYet(kind), "a metric that this version can take"));
        return new NumberByStep(
                new Braked(executor, plan.asked(), place, plan.timeout(), brake),
                kind == StepKind.SQL ? "the query" : "the command");
    }

    @Override
    public double read() {
        Outcome outcome = asking.once(Map.of());
        if (!outcome.succeeded()) {
            throw new CouldNotAskException(
                    outcome.message(), outcome.expected().isEmpty() ? "a number" : outcome.expected());
        }
        return ReadNumber.number(
                outcome.value().orElseThrow(() -> new CouldNotAskException(who + " gave no value", "a number")), who);
    }
}
