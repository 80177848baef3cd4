package dev.switchback.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.problem.Problem;
import dev.switchback.step.Answer;
import dev.switchback.step.Condition;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the undos of a run that is over need, asked before the first of them: when something is missing, for example because
 * the new form was written since, the easy way back has ended, and nothing is begun. What the undo of another step may bring
 * back is asked right before its own undo only.
 */
@ApplicationScoped
class WayBackNeeds {

    @Inject
    Runs runs;

    @Inject
    Watches watches;

    @Inject
    AskTargets ask;

    /** One condition, and whose undo needs it. */
    private record Need(String stepId, JsonNode condition) {}

    private record Plan(List<Need> needs, EnvironmentContent environment, String note) {}

    /**
     * Asks all of them; connects to targets, outside of a transaction.
     *
     * @throws dev.switchback.problem.ProblemException 409 when one is missing or could not be asked; nothing was done
     */
    void require(long runId) {
        Plan plan = QuarkusTransaction.requiringNew().call(() -> plan(runs.require(runId)));
        plan.needs().stream()
                .map(need -> against(need, plan))
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(problem -> {
                    throw problem.toException();
                });
    }

    private Plan plan(Run run) {
        var walk = new Walk(run, Legs.runbookOf(run), runs.steps(run), runs.takenBack(run));
        List<String> undone =
                walk.wayBack().undos().stream().map(undo -> undo.step().id()).toList();
        Set<Integer> held = watches.heldToTheEnd(walk);
        List<Need> needs = WatchPlan.of(walk.runbook()).watches().stream()
                .filter(watch -> !watch.isHold() && undone.contains(watch.stepId()))
                // What another undo may bring back is asked when its turn has come.
                .filter(watch -> watch.stepId().equals(undone.get(0)) || held.contains(watch.no()))
                .map(watch -> new Need(watch.stepId(), watch.condition()))
                .toList();
        return new Plan(needs, run.pinnedEnvironment(), walk.runbook().rollbackNote());
    }

    private Optional<Problem> against(Need need, Plan plan) {
        Answer answer = ask.once(Condition.of(need.condition()), plan.environment());
        return switch (answer.state()) {
            case HOLDS -> Optional.empty();
            case DOES_NOT_HOLD ->
                Optional.of(Problem.conflict(
                        "The easy way back has ended: what the undo of step " + need.stepId() + " needs is not there ("
                                + answer.message() + "); nothing was undone",
                        answer.expected() + ". The way on by hand: " + plan.note()));
            case COULD_NOT_ASK ->
                Optional.of(Problem.conflict(
                        "Whether what the undo of step " + need.stepId() + " needs is there could not be found out ("
                                + answer.message() + "); nothing was undone",
                        "an answer of the target; it is safe to try again"));
        };
    }
}
