package dev.switchback.run;

import dev.switchback.probe.ProbeCard;
import dev.switchback.problem.Problem;
import dev.switchback.runbook.RunbookStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Everything that the page of a run shows: live, and later the record. Immutable.
 *
 * @param run the run, with its migration, revision and environment
 * @param headline where it stands, in one sentence
 * @param rail the legs with their steps
 * @param segments the same as bars
 * @param card the step at which it stands; null when it is over
 * @param log the newest lines of that step, or of the last one
 * @param brake what can be done now
 * @param undo what stopping now would undo
 * @param usually how long such a run usually takes; null when not known
 * @param targets the names of what its commands act on
 * @param takes the number of the run that this one takes back; null for others
 * @param takenBackBy the number of the run that took this one back; null when there is none
 * @param driver which instance drives it; null while it does not move
 * @param probe what its probe says; null when none is declared, or it has not begun
 * @param measured what it has measured; null when it has not
 * @param watch what must stay true and what the way back needs; null when nothing of the kind is declared
 * @param noReturn its point of no return; null when everything can be undone
 * @param limit until when it can be taken back by itself; null while it is not over, or without a limit
 * @param events what happened, in order
 * @param assent what people said before it started
 * @param drift by how much it is later than usual so far; negative when earlier
 * @param wayBackTime how long its way back took; null when it went none to the end
 * @param typed what somebody typed and why it was not accepted; null when nothing was
 */
public record RunPage(
        Run run,
        Headline headline,
        List<LegRail> rail,
        Segments segments,
        StepCard card,
        LogView log,
        Brake brake,
        UndoView undo,
        Duration usually,
        String targets,
        Long takes,
        Long takenBackBy,
        Driver driver,
        ProbeCard probe,
        RunMeasured measured,
        WatchCard watch,
        NoReturn noReturn,
        EasyWayBack limit,
        List<Happened> events,
        Assent assent,
        Duration drift,
        WayBackTime wayBackTime,
        Typed typed) {

    /**
     * An answer that was not accepted, so that nothing typed is lost.
     *
     * @param verb what was pressed
     * @param note the note
     * @param evidence what was seen
     * @param problem why not
     */
    public record Typed(String verb, String note, String evidence, Problem problem) {

        /** Nothing was typed yet. */
        static final Typed NOTHING = new Typed("", "", "", null);

        public boolean isAbout(String other) {
            return verb.equals(other);
        }
    }

    public RunPage {
        rail = List.copyOf(rail);
        events = List.copyOf(events);
    }

    /** The state for the title of the tab, where there is no room for an icon. */
    public String tabMark() {
        return switch (run.state()) {
            case RUNNING, ROLLING_BACK -> "▶";
            case WAITING, PAUSED, AWAITING_APPROVAL -> "❚❚";
            case SUCCEEDED -> "✓";
            case ROLLED_BACK -> "↩";
            case FAILED, ROLLBACK_FAILED -> "✕";
            case QUEUED, ABORTED -> "○";
        };
    }

    /** The icon of the tab, which carries the state. */
    public String favicon() {
        return switch (run.state()) {
            case RUNNING, ROLLING_BACK -> "favicon-run.svg";
            case WAITING, PAUSED, AWAITING_APPROVAL -> "favicon-wait.svg";
            case FAILED, ROLLBACK_FAILED -> "favicon-fail.svg";
            case SUCCEEDED, ROLLED_BACK, QUEUED, ABORTED -> "favicon.svg";
        };
    }

    public boolean isProduction() {
        return run.pinnedEnvironment().tier().isProduction();
    }

    /** What stands in the band of a production page. */
    public String bandText() {
        return "Commands of this run act on " + targets + ".";
    }

    /** Whether it is probed or watched just now: then numbers change by themselves. */
    public boolean isProbed() {
        return probe != null && probe.running() || watch != null && !isOver();
    }

    /** Whether who lets it go on has to say why: something that must stay true does not, or the way back is not ready. */
    public boolean asksToGoOn() {
        return watch != null && watch.mustSayWhy() && !run.asksToStart() && (brake.canResume() || brake.canKeepGoing());
    }

    /** Why it is paused; null when a person did it without a word, or it is not. */
    public String pausedBecause() {
        return run.state() == RunState.PAUSED ? run.reason() : null;
    }

    /** Whether a probe is declared: then it is sent, from the first step on. */
    public boolean declaresProbe() {
        return Legs.runbookOf(run).content().has("probe");
    }

    public boolean isOver() {
        return run.state().isFinal();
    }

    /** Whether there is anything to say about undoing it. */
    public boolean showsUndo() {
        boolean leftSomething = run.state() == RunState.SUCCEEDED && (undo.noReturn() != null || limit != null);
        return !isOver() || brake.canRollBack() || leftSomething && takenBackBy == null;
    }

    /** Whether it is a rehearsal whose way back nobody could check: no step says how its old state is seen. */
    public boolean cannotTellOldState() {
        List<RunbookStep> undone = Legs.runbookOf(run).steps().stream()
                .takeWhile(step -> step.irreversible().isEmpty())
                .filter(step -> step.rollback().isPresent())
                .toList();
        return run.purpose() == Purpose.REHEARSAL
                && !undone.isEmpty()
                && undone.stream().noneMatch(step -> step.appliedWhen().isPresent());
    }

    /** How to get back, in words. */
    public String rollbackNote() {
        return Legs.runbookOf(run).rollbackNote();
    }

    /** Where the live stream begins: after what this page shows. */
    public String from() {
        return run.lastEventNo() + "." + run.lastLineNo();
    }

    /**
     * When it is likely done: as usual, measuring included, corrected by what its steps took more or less so far; null when
     * not known or not moving.
     */
    public Instant likelyDone() {
        return usually == null || run.startedAt() == null || !run.state().isMoving()
                ? null
                : run.startedAt().plus(usually).plus(drift);
    }

    /** Whether it is later as a whole than such a run usually is. */
    public boolean isLater() {
        return usually != null && Lateness.isLate(usually.plus(drift), usually);
    }
}
