package dev.switchback.run;

import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.StepKind;
import dev.switchback.web.Labels;
import dev.switchback.web.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The steps of one leg, as the rail shows them. Immutable.
 *
 * @param no the leg, from 1
 * @param title its heading
 * @param rows its steps, in the order they are walked
 */
public record LegRail(int no, String title, List<StepRow> rows) {

    public LegRail {
        rows = List.copyOf(rows);
    }

    /** Every leg that is laid out. */
    static List<LegRail> of(Walk walk, StepTimes times) {
        var byLeg = walk.steps().stream()
                .collect(Collectors.groupingBy(RunStep::legNo, java.util.TreeMap::new, Collectors.toList()));
        return byLeg.entrySet().stream()
                .map(leg -> new LegRail(
                        leg.getKey(), RunLabels.title(leg.getValue().get(0).leg()), rows(walk, leg.getValue(), times)))
                .toList();
    }

    private static List<StepRow> rows(Walk walk, List<RunStep> steps, StepTimes times) {
        var rows = new ArrayList<StepRow>();
        String phase = "";
        for (RunStep step : steps) {
            boolean begins = step.leg() != Leg.BACK && !step.phase().equals(phase);
            phase = step.phase();
            rows.add(row(walk, step, begins ? RunLabels.phaseTitle(phase) : null, times));
        }
        return rows;
    }

    private static StepRow row(Walk walk, RunStep step, String heading, StepTimes times) {
        boolean current = walk.current().filter(step::equals).isPresent();
        var mark = RunLabels.look(step);
        return new StepRow(
                walk.number(step),
                (step.leg() == Leg.BACK ? "Undo: " : "") + step.title(),
                mark,
                mark.tone() + (step.state() == StepState.PENDING ? " step-idle" : ""),
                address(step),
                current,
                heading,
                step.leg() != Leg.BACK && isNoReturn(walk, step),
                time(step, times),
                step.state() == StepState.RUNNING ? step.startedAt() : null,
                sub(step, times));
    }

    static String address(RunStep step) {
        return "/runs/" + step.run().id() + "/steps/" + step.stepId() + "?leg=" + step.legNo();
    }

    private static boolean isNoReturn(Walk walk, RunStep step) {
        return walk.runbook()
                .step(step.stepId())
                .flatMap(RunbookStep::irreversible)
                .isPresent();
    }

    private static String time(RunStep step, StepTimes times) {
        if (step.startedAt() != null && step.endedAt() != null) {
            return Labels.clock(Duration.between(step.startedAt(), step.endedAt()));
        }
        return step.state() == StepState.PENDING
                ? times.of(step).map(usual -> "~" + Labels.clock(usual)).orElse("")
                : "";
    }

    private static String sub(RunStep step, StepTimes times) {
        String said = sub(step);
        return said != null || step.startedAt() == null || step.endedAt() == null
                ? said
                : Lateness.words(
                                Duration.between(step.startedAt(), step.endedAt()),
                                times.of(step).orElse(null))
                        .orElse(null);
    }

    private static String sub(RunStep step) {
        if (step.warning() != null) {
            return step.warning();
        }
        return switch (step.state()) {
            case PENDING -> step.kind() == StepKind.MANUAL ? "needs a person" : null;
            case FAILED, UNKNOWN, SKIPPED -> step.message();
            case RUNNING, SUCCEEDED, ROLLED_BACK, WAITING ->
                step.attempt() > 1 ? Words.count(step.attempt(), "attempt") : null;
        };
    }
}
