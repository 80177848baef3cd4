package dev.switchback.sampling;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.StepExecutors;

/** One number about what a service has to do besides our requests, asked once. */
public final class LoadNow {

    private LoadNow() {}

    /**
     * The number, now.
     *
     * @param load {@code {name, prometheus | sql}}, validated
     * @throws CouldNotAskException when there is none: what was said instead, and what would have been right
     * @throws dev.switchback.secret.MissingSecretException when a secret that it needs is not there
     */
    public static double read(JsonNode load, StepExecutors executors, Place place, Cancellation brake) {
        MetricPlan plan = MetricPlan.of(load, Amount.QUICK);
        try (ReadNumber number = plan.source() == SourceKind.PROMETHEUS
                ? NumberByPrometheus.of(plan, place, brake)
                : NumberByStep.of(plan, executors, place, brake)) {
            return number.read();
        }
    }
}
