package dev.switchback.run;

import dev.switchback.problem.Problem;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;

/** Lays out the steps of a leg before it is walked. */
@ApplicationScoped
public class Legs {

    @Inject
    EntityManager entities;

    @Inject
    Runs runs;

    @Inject
    RunLedger ledger;

    /**
     * Lays out a way there.
     *
     * @param untilNoReturn whether it stops before the first irreversible step: a rehearsal's first leg does
     */
    public void forward(Run run, int legNo, boolean untilNoReturn) {
        List<RunbookStep> steps = runbookOf(run).steps();
        Leg leg = legNo == 1 ? Leg.FORWARD : Leg.AGAIN;
        for (int i = 0; i < steps.size(); i++) {
            RunbookStep step = steps.get(i);
            if (untilNoReturn && step.irreversible().isPresent()) {
                break;
            }
            entities.persist(new RunStep(
                    run,
                    legNo,
                    leg,
                    i + 1,
                    step.id(),
                    step.title(),
                    step.phase().word(),
                    step.kind(),
                    step.retries()));
        }
    }

    /**
     * Turns a run around: lays out its way back and walks it from now on. What was asked of a person and not answered
     * is taken back as well, or skipped when there is nothing to undo.
     *
     * @throws dev.switchback.problem.ProblemException 409 when an irreversible step was passed
     */
    public void turnBack(Run run) {
        WayBack way = requireWayBack(run, runs.steps(run));
        layOutBack(run, run.legNo() + 1, way);
        runs.steps(run, run.legNo()).stream()
                .filter(step -> step.state() == StepState.WAITING)
                .filter(step ->
                        way.undos().stream().noneMatch(undo -> undo.forward().equals(step)))
                .forEach(step -> ledger.move(step, StepHappening.SKIP, RunLedger.ENGINE, "The run turned back"));
        run.turns(Leg.BACK, run.legNo() + 1);
    }

    /** The way back from where the run stands, or a 409 that names the step behind which there is none. */
    public WayBack requireWayBack(Run run, List<RunStep> steps) {
        WayBack way = WayBack.of(steps, runbookOf(run));
        way.noReturn().ifPresent(step -> {
            throw Problem.conflict(
                            "Run " + run.id() + " has passed its point of no return, step " + step.id() + " ("
                                    + step.irreversible().orElse("") + ")",
                            "a run that has not passed an irreversible step; see the rollback note for the way on")
                    .toException();
        });
        return way;
    }

    /** Lays out the undo of these steps as a leg of this run. */
    void layOutBack(Run run, int legNo, WayBack way) {
        int position = 1;
        for (WayBack.Undo undo : way.undos()) {
            var back = undo.step().rollback().orElseThrow();
            entities.persist(new RunStep(
                    run,
                    legNo,
                    Leg.BACK,
                    position++,
                    undo.step().id(),
                    undo.step().title(),
                    undo.step().phase().word(),
                    back.kind(),
                    back.retries()));
        }
    }

    /** The pinned revision, read. */
    public static Runbook runbookOf(Run run) {
        return Runbook.of(run.revision().content());
    }
}
