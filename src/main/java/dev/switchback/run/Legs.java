package dev.switchback.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.switchback.problem.Problem;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;

/** Lays out the steps of a leg before it is walked. */
@ApplicationScoped
public class Legs {

    private static final String INSERT = "INSERT INTO run_step"
            + " (run_id, leg_no, leg, position, step_id, title, phase, kind, state, retries_left)"
            + " SELECT :run, row.leg_no, row.leg, row.position, row.step_id, row.title, row.phase, row.kind, row.state,"
            + " row.retries_left FROM jsonb_to_recordset(cast(:rows AS jsonb)) AS row(leg_no integer, leg text,"
            + " position integer, step_id text, title text, phase text, kind text, state text, retries_left integer)"
            + " ORDER BY row.position";

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
        var laid = new ArrayList<RunStep>();
        for (int i = 0; i < steps.size(); i++) {
            RunbookStep step = steps.get(i);
            if (untilNoReturn && step.irreversible().isPresent()) {
                break;
            }
            laid.add(new RunStep(
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
        keep(run, laid);
    }

    /** All in one statement: a run of a hundred steps must not begin with a hundred answers of the database. */
    private void keep(Run run, List<RunStep> laid) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        laid.forEach(step -> step.writeTo(rows.addObject()));
        entities.flush();
        entities.createNativeQuery(INSERT)
                .setParameter("run", run.id())
                .setParameter("rows", rows.toString())
                .executeUpdate();
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
        var laid = new ArrayList<RunStep>();
        for (WayBack.Undo undo : way.undos()) {
            var back = undo.step().rollback().orElseThrow();
            laid.add(new RunStep(
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
        keep(run, laid);
    }

    /** The pinned revision, read. */
    public static Runbook runbookOf(Run run) {
        return Runbook.of(run.revision());
    }
}
