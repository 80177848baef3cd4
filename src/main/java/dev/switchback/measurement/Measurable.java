package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.Runbook;
import dev.switchback.sampling.Amount;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.sampling.SourceKind;
import dev.switchback.step.StepExecutors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Whether metrics can be measured in an environment: asked before a run starts, so that it does not stop half way. */
@ApplicationScoped
public class Measurable {

    @Inject
    MeasurementConfig config;

    @Inject
    StepExecutors executors;

    /**
     * Everything that keeps a {@code measure} step from measuring there.
     *
     * @param place where the step stands in the file: {@code steps[2]}
     * @param action {@code {metrics: [...]}}
     */
    public List<Violation> against(String place, JsonNode action, Runbook runbook, EnvironmentContent environment) {
        var names = new ArrayList<String>();
        action.path("metrics").forEach(name -> names.add(name.asText()));
        var violations = new ArrayList<Violation>();
        for (String name : names) {
            DeclaredMetrics.find(runbook.metrics(), name)
                    .ifPresentOrElse(
                            metric -> look(place, MetricPlan.of(metric, Amount.FULL), names, environment, violations),
                            () -> violations.add(DeclaredMetrics.unknown(place, name, runbook.metrics())));
        }
        return violations;
    }

    /**
     * What keeps a run from measuring before and after because this server has rules against it. What is only missing
     * there is left out, and said.
     */
    public List<Violation> deniedAround(Runbook runbook, EnvironmentContent environment) {
        var violations = new ArrayList<Violation>();
        for (int i = 0; i < runbook.metrics().size(); i++) {
            String place = "metrics[" + i + "]";
            MetricPlan plan = MetricPlan.of(runbook.metrics().get(i), Amount.FULL);
            Obstacle.denied(plan, environment, executors)
                    .ifPresent(each -> violations.add(Violation.of(
                            place,
                            each.message() + ", and the run measures it before and after",
                            each.expected() + ", or a run that measures nothing around it (measure: none)")));
        }
        return violations;
    }

    private void look(
            String place,
            MetricPlan plan,
            List<String> names,
            EnvironmentContent environment,
            List<Violation> violations) {
        Obstacle.of(plan, environment, config.productionRate(), executors)
                .ifPresent(each -> violations.add(Violation.of(place, each.message(), each.expected())));
        if (plan.source() == SourceKind.STATEMENTS && !names.contains(plan.during())) {
            violations.add(Violation.of(
                    place,
                    plan.name() + " counts along with " + plan.during() + ", which the step does not measure",
                    "both of them, or neither"));
        }
    }
}
