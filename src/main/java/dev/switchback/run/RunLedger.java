package dev.switchback.run;

import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.problem.Problem;
import dev.switchback.runbook.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;

/**
 * The hand that moves a run or a step: looks the transition up, sets the state and writes the event, in the transaction of
 * the caller, who holds the row of the run locked. Who listens is told after the commit. {@link BeginNext} is the only
 * other one, for what happens most.
 */
@ApplicationScoped
public class RunLedger {

    /** The actor of everything that nobody asked for. */
    public static final String ENGINE = "switchback";

    /** That after the way back of a rehearsal the old state was seen again. */
    public static final String SAW_OLD_STATE = "saw-old-state";

    /** That nothing says how to find out whether the old state is there again. */
    public static final String CANNOT_TELL_OLD_STATE = "cannot-tell-old-state";

    @Inject
    Trail trail;

    @Inject
    EntityManager entities;

    @Inject
    InstantSource clock;

    @Inject
    Event<RunChanged> changed;

    @Inject
    Standing standing;

    /**
     * Moves the run.
     *
     * @throws dev.switchback.problem.ProblemException 409 when that cannot happen now
     */
    public void move(Run run, RunHappening what, String actor, String note) {
        RunState from = run.state();
        RunState to = RunState.LIFE
                .next(from, what)
                .orElseThrow(() -> Problem.conflict(
                                "Run " + run.id() + " is " + from.word() + "; " + what.word() + " is not possible now",
                                "a run that is " + RunState.LIFE.whenPossible(what))
                        .toException());
        run.setState(to, clock.instant());
        write(run, null, what.word(), from.word(), to.word(), actor, note);
        if (to.isFinal()) {
            standing.refresh(run.migration());
            if (!trail.isAsked()) {
                trail.record(entry(run, null, "end", from.word(), to.word(), note));
            }
        }
    }

    private static Entry entry(Run run, RunStep step, String action, String from, String to, String note) {
        return Entry.of(step == null ? "run." + action : "step." + action, "run", run.id())
                .where(run.service(), run.environment().key())
                .from(from)
                .to(step == null ? to : "step " + step.stepId() + (to == null ? "" : ": " + to))
                .note(note);
    }

    /**
     * Moves a step of the run.
     *
     * @throws dev.switchback.problem.ProblemException 409 when that cannot happen now
     */
    public void move(RunStep step, StepHappening what, String actor, String note) {
        StepState from = step.state();
        StepState to = StepState.LIFE
                .next(from, what)
                .orElseThrow(() -> Problem.conflict(
                                "Step " + step.stepId() + " is " + from.word() + "; " + what.word()
                                        + " is not possible now",
                                "a step that is " + StepState.LIFE.whenPossible(what))
                        .toException());
        step.setState(to, clock.instant());
        write(step.run(), step, what.word(), from.word(), to.word(), actor, note);
    }

    /** Writes down what moves nothing: a wish, a new leg. */
    public void note(Run run, RunStep step, String action, String actor, String note) {
        write(run, step, action, null, null, actor, note);
    }

    private void write(Run run, RunStep step, String action, String from, String to, String actor, String note) {
        entities.persist(new RunEvent(run, step, action, from, to, actor, note, clock.instant()));
        // What a driver does by itself is in the events; the trail holds what people asked for, and the end.
        if (trail.isAsked()) {
            trail.record(entry(run, step, action, from, to, note));
        }
        changed.fire(new RunChanged(run.id()));
    }
}
