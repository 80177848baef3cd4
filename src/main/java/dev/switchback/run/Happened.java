package dev.switchback.run;

import dev.switchback.web.Mark;
import dev.switchback.web.Marks;
import dev.switchback.web.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One line of what happened to a run, as its page tells it. The start of an attempt is left out where its end follows
 * at once, and so is what an undo did to its step: the events of the API hold them all. Immutable.
 *
 * @param at when
 * @param about the run, or the step by number and name
 * @param what what happened to it
 * @param mark the look of the state it led to
 * @param who the person; empty when nobody decided it
 * @param why the reason; empty when none was given
 * @param href the step's own page; empty for the run
 */
public record Happened(Instant at, String about, String what, Mark mark, String who, String why, String href) {

    /** The lines of these events, in order. */
    static List<Happened> of(Walk walk, List<RunEvent> events) {
        return IntStream.range(0, events.size())
                .filter(i -> !isEndedAtOnce(events, i) && !isToldByItsUndo(events.get(i)))
                .mapToObj(i -> of(walk, events.get(i)))
                .toList();
    }

    /** Instead of all that happened: that it was kept long enough. */
    static Happened removed(RunLog.Removed removed) {
        return new Happened(
                removed.at(),
                "What happened",
                "was removed",
                Marks.run("aborted"),
                "",
                "It was kept for " + removed.kept() + ".",
                "");
    }

    private static boolean isEndedAtOnce(List<RunEvent> events, int i) {
        RunEvent event = events.get(i);
        if (event.stepId() == null
                || !StepState.RUNNING.word().equals(event.toState())
                || i + 1 == events.size()
                || event.note() != null) {
            return false;
        }
        RunEvent next = events.get(i + 1);
        return event.stepId().equals(next.stepId()) && StepState.RUNNING.word().equals(next.fromState());
    }

    /** A step is undone when its undo succeeded, which has a line of its own. */
    private static boolean isToldByItsUndo(RunEvent event) {
        return "taken-back".equals(event.action());
    }

    private static Happened of(Walk walk, RunEvent event) {
        Optional<RunStep> step = step(walk, event);
        Mark mark = mark(event);
        return new Happened(
                event.at(),
                about(walk, event, step),
                RunLabels.happened(event),
                mark,
                RunLedger.ENGINE.equals(event.actor()) ? "" : event.actor(),
                event.note() == null ? "" : event.note(),
                step.map(LegRail::address).orElse(""));
    }

    private static Mark mark(RunEvent event) {
        Mark mark = RunLabels.look(event);
        if (mark != null) {
            return mark;
        }
        return noted(event);
    }

    /** The look of what moved nothing. */
    private static Mark noted(RunEvent event) {
        return switch (event.action()) {
            case "hold-broken", "way-back-lost", "went-on-against", "changed-since", "environment-differs" ->
                Marks.of("warn", "Broken", "s-wait");
            case "hold-not-asked", "cannot-tell-old-state", "not-asked-before" -> Marks.of("unk", "Not known", "s-unk");
            case "hold-again", "way-back-ready", "saw-old-state" -> Marks.of("ok", "There again", "s-ok");
            default -> turned(event);
        };
    }

    private static Mark turned(RunEvent event) {
        return event.action().endsWith("back")
                ? Marks.of("back", "Turned", "s-back")
                : Marks.of("idle", "Noted", "s-idle");
    }

    private static Optional<RunStep> step(Walk walk, RunEvent event) {
        return walk.steps().stream()
                .filter(step -> step.stepId().equals(event.stepId())
                        && step.leg().word().equals(event.leg()))
                .findFirst();
    }

    private static String about(Walk walk, RunEvent event, Optional<RunStep> step) {
        if (event.stepId() == null) {
            return "Run";
        }
        String again = event.attempt() != null && event.attempt() > 1 ? ", attempt " + event.attempt() : "";
        return step.map(s -> Words.sentence(Headline.step(walk, s)) + ", " + s.title() + again)
                .orElse(event.stepId() + again);
    }
}
