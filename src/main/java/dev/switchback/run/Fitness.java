package dev.switchback.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.measurement.Measurable;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.Condition;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import dev.switchback.step.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether a runbook can be carried out in an environment at all: every target it names is there and of the right kind,
 * and this version of Switchback knows every kind of step. Asked before anything is done, so that no run stops half way
 * for a reason that was known from the start.
 */
record Fitness(StepExecutors executors, Measurable measurable) {

    /** @param around whether the run measures before and after */
    void require(Runbook runbook, EnvironmentContent environment, boolean around) {
        var violations = new ArrayList<Violation>();
        for (int i = 0; i < runbook.steps().size(); i++) {
            String place = "steps[" + i + "]";
            RunbookStep step = runbook.steps().get(i);
            look(place, step.kind(), step.action(), runbook, environment, violations);
            step.appliedWhen().ifPresent(when -> condition(place + ".appliedWhen", when, environment, violations));
            step.rollback().ifPresent(undo -> {
                look(place + ".rollback", undo.kind(), undo.action(), runbook, environment, violations);
                undo.needs().forEach(need -> condition(place + ".rollback.needs", need, environment, violations));
            });
        }
        for (int i = 0; i < runbook.holds().size(); i++) {
            condition("holds[" + i + "]", runbook.holds().get(i), environment, violations);
        }
        JsonNode probe = runbook.content().path("probe").path("target");
        if (probe.isTextual()) {
            target("probe.target", StepKind.HTTP, probe.asText(), environment.targets(), violations);
        }
        for (int i = 0; i < environment.identity().size(); i++) {
            condition("environment.identity[" + i + "]", environment.identity().get(i), environment, violations);
        }
        if (around) {
            violations.addAll(measurable.deniedAround(runbook, environment));
        }
        if (!violations.isEmpty()) {
            throw Problem.conflict(
                            runbook.key() + " cannot be carried out in " + environment.key() + ": "
                                    + violations.get(0).message(),
                            violations.get(0).expected())
                    .with(violations)
                    .toException();
        }
    }

    private void look(
            String place,
            StepKind kind,
            JsonNode action,
            Runbook runbook,
            EnvironmentContent environment,
            List<Violation> violations) {
        if (kind == StepKind.MEASURE) {
            violations.addAll(measurable.against(place, action, runbook, environment));
        } else {
            look(place, kind, action, environment, violations);
        }
    }

    private void condition(String place, JsonNode node, EnvironmentContent environment, List<Violation> violations) {
        Condition condition = Condition.of(node);
        look(place, condition.kind(), condition.action(), environment, violations);
    }

    private void look(
            String place, StepKind kind, JsonNode action, EnvironmentContent environment, List<Violation> violations) {
        if (executors.forKind(kind).isEmpty()) {
            violations.add(Violation.of(
                    place, StepExecutors.notYet(kind), "shell, http, sql, manual, wait, check or measure"));
        } else if (kind == StepKind.CHECK) {
            condition(place, action, environment, violations);
        } else if (action.has("target")) {
            target(place, kind, action.path("target").asText(), environment.targets(), violations);
        }
    }

    private void target(
            String place, StepKind kind, String name, Map<String, Target> targets, List<Violation> violations) {
        Target target = targets.get(name);
        String wanted = targetKind(kind);
        if (target == null) {
            violations.add(Violation.of(
                    place,
                    "the environment has no target \"" + name + "\"",
                    "a target " + name + " of kind " + wanted + "; there are: " + String.join(", ", targets.keySet())));
        } else if (!target.kind().equals(wanted)) {
            violations.add(Violation.of(
                    place, "the target \"" + name + "\" is of kind " + target.kind(), "a target of kind " + wanted));
        } else {
            permitted(place, kind, target, violations);
        }
    }

    /** The rules of this server: whether commands run here, and what it connects to. */
    private void permitted(String place, StepKind kind, Target target, List<Violation> violations) {
        try {
            executors.forKind(kind).ifPresent(executor -> executor.permit(target));
        } catch (CouldNotAskException refused) {
            violations.add(Violation.of(place, refused.getMessage(), refused.expected()));
        }
    }

    private static String targetKind(StepKind kind) {
        return switch (kind) {
            case SQL -> "jdbc";
            case SHELL, SSH, HTTP, REDIS, KUBERNETES, PROMETHEUS -> kind.word();
            case MANUAL, WAIT, CHECK, MEASURE -> "none";
        };
    }
}
