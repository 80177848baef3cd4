package dev.switchback.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.CheckEnvironment;
import dev.switchback.environment.CheckEnvironment.Report;
import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.environment.Environments;
import dev.switchback.environment.LastChecks;
import dev.switchback.migration.Migrations;
import dev.switchback.run.AskTargets;
import dev.switchback.run.GateTable;
import dev.switchback.run.Gatekeeper;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.Answer;
import dev.switchback.step.Condition;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Answers what stands between a revision and a run of it: from what is known, or after asking the targets. */
@ApplicationScoped
public class AskReadiness implements Gatekeeper {

    @Inject
    CollectFacts collect;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    LastChecks checks;

    @Inject
    CheckEnvironment check;

    @Inject
    AskTargets ask;

    @Inject
    ExecutorService workers;

    @Override
    public GateTable look(Question question) {
        return QuarkusTransaction.joiningExisting().call(() -> Readiness.of(collect.about(question, Optional.empty())));
    }

    @Override
    public GateTable ask(Question question) {
        Targets targets = QuarkusTransaction.requiringNew().call(() -> targets(question));
        if (targets.isEmpty()) {
            return QuarkusTransaction.requiringNew().call(() -> look(question));
        }
        Optional<Report> report = targets.identity() ? Optional.of(check.ask(targets.content())) : Optional.empty();
        Found found = found(targets);
        return QuarkusTransaction.requiringNew().call(() -> {
            Environment environment = environments.require(question.environment());
            // News of a place that has changed meanwhile is no news.
            report.filter(said -> environment.storedContent().equals(targets.stored()))
                    .ifPresent(said -> checks.keep(environment, said));
            return Readiness.of(collect.about(question, Optional.of(found)));
        });
    }

    /**
     * What is to be asked.
     *
     * @param identity whether the place is to be asked at all
     */
    private record Targets(EnvironmentContent content, String stored, boolean identity, List<Need> needs) {

        boolean isEmpty() {
            return !identity && needs.isEmpty();
        }
    }

    /** @param mayBeMade whether a step before its own changes something, and may make it */
    private record Need(String step, JsonNode condition, boolean mayBeMade) {}

    /**
     * What does not hold.
     *
     * @param against what no step can make any more
     * @param later what a step may still make
     */
    record Found(List<String> against, List<String> later) {}

    private Targets targets(Question question) {
        Environment environment = environments.require(question.environment());
        var place = new Facts.Place(environment.content(), question.purpose());
        Runbook runbook = Runbook.of(migrations.revision(question.migration(), question.revision()));
        var needs = new ArrayList<Need>();
        if (Demands.demands(place, new NeedsThere())) {
            boolean changed = false;
            for (RunbookStep step : runbook.steps()) {
                boolean before = changed;
                CollectFacts.needs(step).forEach(need -> needs.add(new Need(step.id(), need, before)));
                changed |= step.changes();
            }
        }
        return new Targets(
                place.content(), environment.storedContent(), Demands.demands(place, new PlaceAnswers()), needs);
    }

    /** All at once: each may take ten seconds. */
    private Found found(Targets targets) {
        List<Future<Optional<String>>> asked = targets.needs().stream()
                .map(need -> workers.submit((Callable<Optional<String>>) () -> against(need, targets.content())))
                .toList();
        var against = new ArrayList<String>();
        var later = new ArrayList<String>();
        for (int i = 0; i < asked.size(); i++) {
            result(asked.get(i)).ifPresent(targets.needs().get(i).mayBeMade() ? later::add : against::add);
        }
        return new Found(against, later);
    }

    private Optional<String> against(Need need, EnvironmentContent content) {
        Answer answer = ask.once(Condition.of(need.condition()), content);
        return answer.holds()
                ? Optional.empty()
                : Optional.of("the way back of step " + need.step() + " needs what "
                        + (answer.couldNotAsk() ? "could not be asked: " : "is not there: ") + answer.message());
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("asking was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a condition could not be asked at all", e.getCause());
        }
    }
}
