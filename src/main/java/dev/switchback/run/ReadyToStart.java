package dev.switchback.run;

import dev.switchback.access.Caller;
import dev.switchback.access.Standing;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.measurement.Measurable;
import dev.switchback.migration.Decisions;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.runbook.Runbook;
import dev.switchback.step.Durations;
import dev.switchback.step.StepExecutors;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Whether a run that was planned for a later moment may begin when that moment has come: asked again then, because the
 * world has moved on since it was planned.
 */
@ApplicationScoped
public class ReadyToStart {

    @Inject
    Runs runs;

    @Inject
    Standing standing;

    @Inject
    Decisions decisions;

    @Inject
    StartRun startRun;

    @Inject
    Gatekeeper gatekeeper;

    @Inject
    StepExecutors executors;

    @Inject
    Measurable measurable;

    @Inject
    RunConfig config;

    @Inject
    InstantSource clock;

    /** Why it is too late to begin by itself; empty when it is not. A start that nobody planned is never late. */
    public Optional<String> late(Run run) {
        return late(run.startAt(), clock.instant(), config.startTolerance());
    }

    static Optional<String> late(Instant planned, Instant now, Duration tolerance) {
        return planned == null || !planned.plus(tolerance).isBefore(now)
                ? Optional.empty()
                : Optional.of("It was to start at " + planned.truncatedTo(ChronoUnit.SECONDS)
                        + ", and nobody could start it then; that is "
                        + Durations.words(Duration.between(planned, now).truncatedTo(ChronoUnit.SECONDS)) + " ago");
    }

    /**
     * Asks everything again that was asked when the run was made, also whether who asked for it still may. Connects to
     * targets; to be called outside of a transaction.
     *
     * @return the first reason against it; empty when it may begin
     */
    public Optional<String> against(long runId) {
        try {
            Plan plan = QuarkusTransaction.requiringNew().call(() -> check(runId));
            requireGates(plan);
            if (plan.question().purpose() == Purpose.REHEARSAL) {
                startRun.requireNothingApplied(plan.runbook(), plan.environment());
            }
            return Optional.empty();
        } catch (ProblemException no) {
            return Optional.of(no.getMessage());
        }
    }

    /** The gates that were broken when it was asked for stay broken; any other that has closed since keeps it back. */
    private void requireGates(Plan plan) {
        GateTable gates = gatekeeper.ask(plan.question());
        List<GateRow> closed = gates.closed().stream()
                .filter(row -> !plan.broken().contains(row.key()))
                .toList();
        if (!closed.isEmpty()) {
            throw Problem.conflict(GateTable.words(closed), closed.get(0).expected())
                    .with("gates", closed)
                    .toException();
        }
    }

    private record Plan(
            Runbook runbook, EnvironmentContent environment, Gatekeeper.Question question, List<String> broken) {}

    /** Who answers for it that it begins: who started it by hand, or else who asked for it. */
    private Caller caller(Run run) {
        return run.startedBy() == null
                ? standing.require(run.requestedBy(), run.requestedToken().orElse(null))
                : standing.require(run.startedBy(), run.startedToken().orElse(null));
    }

    /** What is still to be asked of the targets. */
    private Plan check(long runId) {
        Run run = runs.require(runId);
        caller(run).require(run.right(), run.where());
        Runbook runbook = Legs.runbookOf(run);
        EnvironmentContent environment = run.pinnedEnvironment();
        decisions.requireOpen(run.migration());
        boolean around = !run.measure().equals("none") && run.purpose() != Purpose.ROLLBACK;
        new Fitness(executors, measurable).require(runbook, environment, around);
        return new Plan(
                runbook,
                environment,
                new Gatekeeper.Question(
                        run.migration().key(),
                        run.revision().id(),
                        run.environment().key(),
                        run.purpose(),
                        clock.instant(),
                        run.id()),
                run.brokenGates());
    }
}
