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
import java.util.stream.Stream;

/**
 * What the undos of a run that is over need, asked before the first of them: when something is missing, for example because
 * the new form was written since, the easy way back has ended, and nothing is begun.
 */
@ApplicationScoped
class WayBackNeeds {

    @Inject
    Runs runs;

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
        var runbook = Legs.runbookOf(run);
        List<Need> needs = WayBack.of(runs.steps(run), runbook).undos().stream()
                .flatMap(undo -> needs(undo))
                .toList();
        return new Plan(needs, run.pinnedEnvironment(), runbook.rollbackNote());
    }

    private static Stream<Need> needs(WayBack.Undo undo) {
        return undo.step().rollback().orElseThrow().needs().stream()
                .map(need -> new Need(undo.step().id(), need));
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
