package dev.switchback.measurement;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.sampling.MetricPlan;
import java.util.List;
import java.util.Map;

/**
 * What is to be measured, read whole, so that nothing is held while it is.
 *
 * @param id the number of the measurement
 * @param environment the pinned environment
 * @param plans the metrics by their number, in the order in which they are measured
 * @param leftOut why metrics are not among them
 * @param seed decides at which moment of its slot a request is sent
 */
record Work(long id, EnvironmentContent environment, Map<Long, MetricPlan> plans, List<Obstacle> leftOut, long seed) {

    /** Identifies what it starts. */
    String mark() {
        return "measurement-" + id;
    }

    /** The number of the metric with this name. */
    long metric(String name) {
        return plans.entrySet().stream()
                .filter(each -> each.getValue().name().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
