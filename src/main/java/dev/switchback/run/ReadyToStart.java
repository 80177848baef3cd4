package dev.switchback.run;

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
            QuarkusTransaction.requiringNew()
                    .call(() -> check(runId))
                    .ifPresent(plan -> startRun.requireNothingApplied(plan.runbook(), plan.environment()));
            return Optional.empty();
        } catch (ProblemException no) {
            return Optional.of(no.getMessage());
        }
    }

    private record Plan(Runbook runbook, EnvironmentContent environment) {}

    /** What is still to be asked of the targets; empty for a run that need not begin with nothing applied. */
    private Optional<Plan> check(long runId) {
        Run run = runs.require(runId);
        standing.require(run.requestedBy(), run.requestedToken().orElse(null)).require(run.right(), run.where());
        var plan = new Plan(Legs.runbookOf(run), run.pinnedEnvironment());
        decisions.requireOpen(run.migration());
        StartRun.requireReviewed(run.purpose(), run.migration());
        boolean around = !run.measure().equals("none") && run.purpose() != Purpose.ROLLBACK;
        new Fitness(executors, measurable).require(plan.runbook(), plan.environment(), around);
        if (run.breakGlassReason() == null) {
            StartRun.frozen(run.environment(), clock.instant()).ifPresent(why -> {
                throw Problem.conflict(why, "a start outside the freeze").toException();
            });
        }
        return run.purpose() == Purpose.REHEARSAL ? Optional.of(plan) : Optional.empty();
    }
}
