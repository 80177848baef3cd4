package dev.switchback.run;

import dev.switchback.runbook.RunbookUndo;
import dev.switchback.step.StepKind;
import java.time.Duration;
import java.util.List;

/**
 * What stopping now would undo, newest first. Immutable.
 *
 * @param undos one line for each step
 * @param usually how long that usually takes; null when not known
 * @param byPerson how many of them a person does
 * @param noReturn why there is no way back any more; null while there is one
 */
public record UndoView(List<Line> undos, Duration usually, int byPerson, String noReturn) {

    /** One step and how it is undone. */
    public record Line(int number, String title, String how, boolean isCode) {}

    public UndoView {
        undos = List.copyOf(undos);
    }

    static UndoView of(Walk walk, StepTimes times, StepDescription.Writer words) {
        WayBack way = walk.wayBack();
        List<Line> lines =
                way.undos().stream().map(undo -> line(walk, undo, words)).toList();
        return new UndoView(
                lines,
                times.undoing(way.undos().stream().map(undo -> undo.step().id()).toList())
                        .orElse(null),
                (int) way.undos().stream()
                        .filter(undo -> undo.step().rollback().orElseThrow().kind() == StepKind.MANUAL)
                        .count(),
                way.noReturn()
                        .map(step -> "Step " + walk.number(step.id()) + ", “" + step.title() + "”, was passed: "
                                + step.irreversible().orElse(""))
                        .orElse(null));
    }

    private static Line line(Walk walk, WayBack.Undo undo, StepDescription.Writer words) {
        RunbookUndo back = undo.step().rollback().orElseThrow();
        return new Line(
                walk.number(undo.step().id()),
                undo.step().title(),
                words.line(back.kind(), back.action()),
                back.kind() != StepKind.MANUAL && back.kind() != StepKind.WAIT);
    }
}
