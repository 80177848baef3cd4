package dev.switchback.measurement;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import dev.switchback.step.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a metric is not measured in an environment. Pure, but for the rules of this server about commands and addresses.
 *
 * @param message what is missing or too much
 * @param expected what would be right, or who can allow it
 */
record Obstacle(String message, String expected) {

    /** The first that is found; empty when there is none. */
    static Optional<Obstacle> of(
            MetricPlan plan, EnvironmentContent place, double productionRate, StepExecutors executors) {
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
        return denied(plan, place, executors);
    }

    /**
     * What the rules of this server say no to: commands where they are switched off or in a directory that is not allowed,
     * databases that are not reached. Known before anything is done, as for a step that does the same.
     */
    static Optional<Obstacle> denied(MetricPlan plan, EnvironmentContent place, StepExecutors executors) {
        Optional<Obstacle> first =
                acts(plan).flatMap(kind -> denied(plan.name(), kind, plan.target(), place, executors));
        if (first.isPresent() || plan.coldBy().isEmpty()) {
            return first;
        }
        return plan.coldBy().get().properties().stream()
                .flatMap(each -> StepKind.of(each.getKey()).stream()
                        .flatMap(kind -> denied(
                                plan.name() + ", coldBy",
                                kind,
                                each.getValue().path("target").asText(),
                                place,
                                executors)
                                .stream()))
                .findFirst();
    }

    private static Optional<StepKind> acts(MetricPlan plan) {
        return switch (plan.source()) {
            case SHELL -> Optional.of(StepKind.SHELL);
            case SQL, STATEMENTS -> Optional.of(StepKind.SQL);
            case HTTP, PROMETHEUS -> Optional.empty();
        };
    }

    private static Optional<Obstacle> denied(
            String who, StepKind kind, String name, EnvironmentContent place, StepExecutors executors) {
        Target target = place.targets().get(name);
        if (target == null) {
            return Optional.empty();
        }
        try {
            executors.forKind(kind).ifPresent(executor -> executor.permit(target));
            return Optional.empty();
        } catch (CouldNotAskException refused) {
            return Optional.of(new Obstacle(who + ": " + refused.getMessage(), refused.expected()));
        }
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
