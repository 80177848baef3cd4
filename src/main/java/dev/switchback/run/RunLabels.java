package dev.switchback.run;

import dev.switchback.web.Labels;
import dev.switchback.web.Mark;
import dev.switchback.web.Marks;
import dev.switchback.web.Words;
import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The words in which templates speak of runs, steps and what happened to them. */
@TemplateExtension
public final class RunLabels {

    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RunLabels() {}

    /** The look of a step on its leg: a finished undo is no success but a safe end. */
    public static Mark look(RunStep step) {
        return step.leg() == Leg.BACK && step.state() == StepState.SUCCEEDED
                ? Marks.step("rolled-back").saying("Undone")
                : Marks.step(step.state().word());
    }

    /** The look of a run. */
    public static Mark look(Run run) {
        return Marks.run(run.state().word());
    }

    /** {@code live run}, {@code rehearsal}, {@code rollback of run 12}. */
    public static String kind(Run run) {
        return noun(run.purpose());
    }

    /** What a run with this purpose is called. */
    public static String noun(Purpose purpose) {
        return switch (purpose) {
            case LIVE -> "live run";
            case REHEARSAL -> "rehearsal";
            case ROLLBACK -> "rollback";
        };
    }

    /** A leg as a heading. */
    public static String title(Leg leg) {
        return switch (leg) {
            case FORWARD -> "Forward";
            case BACK -> "Way back";
            case AGAIN -> "Forward again";
        };
    }

    /** A phase as a heading. */
    public static String phaseTitle(String phase) {
        return Words.sentence(phase);
    }

    /** From the start to the end, or to now; null before the start. */
    public static Duration took(Run run, Instant now) {
        return run.startedAt() == null
                ? null
                : Duration.between(run.startedAt(), run.endedAt() == null ? now : run.endedAt());
    }

    /** How long ago that was, in words, from a second on. */
    public static String ago(Instant at, Instant now) {
        Duration since = Duration.between(at, now);
        return Labels.words(since.isNegative() ? Duration.ZERO : since.truncatedTo(ChronoUnit.SECONDS));
    }

    /** What happened, as a verb. */
    public static String happened(RunEvent event) {
        return switch (event.action()) {
            case "succeed" -> event.toState() == null ? "answered" : "succeeded";
            case "fail" -> "failed";
            case "lost" -> "lost contact";
            case "again" -> StepState.WAITING.word().equals(event.fromState()) ? "confirmed" : "to be tried again";
            case "skip" -> "skipped";
            case "asked-person", "asked" -> "waits for a person";
            case "taken-back" -> "undone";
            case "started-back", "roll-back" -> "turned back";
            case "turned-again" -> "goes forward again";
            case "saw-old-state" -> "saw the old state again";
            case "held-before" -> "held before the change";
            case "did-not-hold-before" -> "did not hold before the change";
            case "not-asked-before" -> "could not be asked before the change";
            case "cannot-tell-old-state" -> "cannot tell whether the old state is back";
            case "hold-broken" -> "no longer has what must stay true";
            case "hold-not-asked" -> "could not ask what must stay true";
            case "hold-again" -> "has what must stay true again";
            case "way-back-lost" -> "lost what its way back needs";
            case "way-back-ready" -> "has what its way back needs again";
            case "went-on-against" -> "goes on against it";
            case "left-out" -> "leaves out what was undone already";
            case "changed-since" -> "may undo only half";
            case "environment-differs" -> "is carried out in an environment that changed";
            case "start-now" -> "to be started now";
            case "answered", "answered-back", "resume", "resume-back" -> "goes on";
            case "undo-failed" -> "the way back failed";
            case "undone" -> "rolled back";
            case "give-up" -> "ended as failed";
            case "pause" -> "paused";
            case "abort" -> "aborted";
            default -> event.action().replace('-', ' ');
        };
    }

    /** The look of the state an event led to; null when it led to none. */
    public static Mark look(RunEvent event) {
        if (event.toState() == null) {
            return null;
        }
        return event.stepId() == null ? Marks.run(event.toState()) : Marks.step(event.toState());
    }

    /** Time of day with thousandths, as logs show it. */
    public static String exact(Instant at) {
        return EXACT.format(at);
    }
}
