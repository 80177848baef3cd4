package dev.switchback.measurement;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.sampling.MetricPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a metric is not measured in an environment. Pure.
 *
 * @param message what is missing or too much
 * @param expected what would be right, or who can allow it
 */
record Obstacle(String message, String expected) {

    /** The first that is found; empty when there is none. */
    static Optional<Obstacle> of(MetricPlan plan, EnvironmentContent place, double productionRate) {
        List<String> missing = targets(plan).stream()
                .filter(target -> !place.targets().containsKey(target))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of(new Obstacle(
                    plan.name() + " needs the target " + String.join(" and ", missing) + ", which " + place.key()
                            + " does not have",
                    place.targets().isEmpty()
                            ? "an environment with that target"
                            : "one of its targets: "
                                    + String.join(", ", place.targets().keySet())));
        }
        if (place.tier().isProduction() && plan.rate() > productionRate) {
            return Optional.of(new Obstacle(
                    plan.name() + " sends " + number(plan.rate()) + " requests a second, and in production at most "
                            + number(productionRate) + " are sent",
                    "a rate of at most " + number(productionRate)
                            + "; an administrator allows more with switchback.measurement.production-rate"));
        }
        return Optional.empty();
    }

    private static List<String> targets(MetricPlan plan) {
        var targets = new ArrayList<String>();
        targets.add(plan.target());
        plan.coldBy()
                .ifPresent(action -> action.properties().forEach(each -> {
                    String target = each.getValue().path("target").asText();
                    if (!target.isEmpty()) {
                        targets.add(target);
                    }
                }));
        return targets.stream().distinct().toList();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
