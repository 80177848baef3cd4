package dev.switchback.run;

import dev.switchback.web.Labels;
import dev.switchback.web.Mark;
import dev.switchback.web.Marks;
import dev.switchback.web.Words;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a run stands, as one sentence: on the page, in the list, in the title of the tab. Immutable.
 *
 * @param mark the state: silhouette, word and colour
 * @param text the rest of the sentence
 */
public record Headline(Mark mark, String text) {

    /** The sentence for this moment. */
    public static Headline of(Walk walk, Instant now) {
        Run run = walk.run();
        return switch (run.state()) {
            case AWAITING_APPROVAL -> plain(run, awaited(run, now));
            case QUEUED -> queued(run, now);
            case RUNNING, ROLLING_BACK -> moving(walk);
            case WAITING, ROLLBACK_FAILED -> asking(walk);
            case PAUSED ->
                plain(
                        run,
                        walk.current()
                                .map(step -> "before " + step(walk, step) + ", " + step.title())
                                .orElse("before its end"));
            case SUCCEEDED, FAILED, ROLLED_BACK, ABORTED -> over(walk, now);
        };
    }

    private static Headline plain(Run run, String text) {
        return new Headline(Marks.run(run.state().word()), text);
    }

    private static String awaited(Run run, Instant now) {
        String why = run.reason() == null ? "other people have to agree first" : run.reason();
        return run.startAt() != null && run.startAt().isAfter(now)
                ? why + "; it is to start at " + Labels.full(run.startAt())
                : why;
    }

    private static Headline queued(Run run, Instant now) {
        return run.startAt() != null && run.startAt().isAfter(now)
                ? new Headline(Marks.run("queued").saying("Planned"), "starts at " + Labels.full(run.startAt()))
                : plain(run, "starts in a moment");
    }

    private static Headline moving(Walk walk) {
        Run run = walk.run();
        Optional<String> measuring = run.measuring();
        if (measuring.isPresent()) {
            return new Headline(
                    Marks.run(run.state().word()).saying("Measuring"),
                    measuring.get() + (run.wanted().isPresent() ? wish(walk) : ""));
        }
        String doing = walk.current().map(RunStep::title).orElse("the last step is done");
        String word = run.isGoingBack()
                ? "Way back, %d of %d undone"
                        .formatted(walk.passed(), walk.leg().size())
                : (run.legNo() > 1 ? "Forward again, step " : "Step ")
                        + walk.current()
                                .map(RunStep::position)
                                .orElse(walk.leg().size()) + " of "
                        + walk.leg().size();
        return new Headline(Marks.run(run.state().word()).saying(word), doing + wish(walk));
    }

    private static String wish(Walk walk) {
        if (walk.current().filter(RunStep::asksToPrint).isPresent()) {
            return "; its output waits for you";
        }
        return walk.run()
                .wanted()
                .map(wanted -> switch (wanted) {
                    case PAUSE -> "; pauses after this step";
                    case ABORT -> "; is being stopped";
                    case ROLLBACK -> "; turns back after this step was stopped";
                })
                .orElse("");
    }

    private static Headline asking(Walk walk) {
        return walk.asking()
                .map(step -> new Headline(
                        Marks.step(step.state().word()).saying(Words.sentence(step(walk, step)) + verb(step)),
                        step.title() + "; the run waits for you"))
                .orElseGet(() -> plain(
                        walk.run(),
                        walk.run().reason() == null
                                ? "for a person"
                                : walk.run().reason()));
    }

    private static String verb(RunStep step) {
        return switch (step.state()) {
            case FAILED -> " failed";
            case UNKNOWN -> ": outcome unknown";
            default -> " asks you";
        };
    }

    /** {@code step 7}, or {@code the undo of step 7}. */
    static String step(Walk walk, RunStep step) {
        return (step.leg() == Leg.BACK ? "undo of step " : "step ") + walk.number(step);
    }

    private static Headline over(Walk walk, Instant now) {
        Run run = walk.run();
        String took = walk.took(now).map(time -> "in " + Labels.words(time)).orElse("before it began");
        String text = switch (run.state()) {
            case SUCCEEDED -> took;
            case ROLLED_BACK -> took + "; everything that was done is undone";
            case ABORTED -> took + "; nothing was undone";
            default ->
                walk.failed()
                                .map(step -> "at " + step(walk, step) + ", " + step.title() + ", ")
                                .orElse("")
                        + took;
        };
        return plain(run, text);
    }
}
