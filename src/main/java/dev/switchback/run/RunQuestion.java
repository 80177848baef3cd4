package dev.switchback.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.web.Words;
import java.util.Optional;
import java.util.Set;

/**
 * What a run asks of a person, in one of five forms: {@code failed}, {@code manual}, {@code unknown},
 * {@code no-return} and {@code output}. Immutable.
 *
 * @param form which of the five
 * @param title the question
 * @param failed what failed
 * @param expected what was expected; empty when nothing was
 * @param repeat whether it can be repeated
 * @param lookWith how to find out what happened; empty when the runbook does not say
 * @param lookFor the answer that means that it happened; empty when any yes does
 * @param offers what may be answered
 * @param canRollBack whether turning back is possible
 * @param wantsEvidence whether the step asks for what was seen
 */
public record RunQuestion(
        String form,
        String title,
        String failed,
        String expected,
        String repeat,
        String lookWith,
        String lookFor,
        Set<StepVerb> offers,
        boolean canRollBack,
        boolean wantsEvidence) {

    /** The question of this step; empty when it asks nothing. */
    static Optional<RunQuestion> of(Walk walk, RunStep step, StepDescription.Writer words) {
        Set<StepVerb> offers = DecideStep.offers(walk.run(), step);
        if (offers.isEmpty()) {
            return Optional.empty();
        }
        Optional<RunbookStep> written = walk.runbook().step(step.stepId());
        boolean evidence = written.map(w -> step.leg() == Leg.BACK
                        ? w.rollback()
                                .map(undo -> undo.action().path("evidence").asBoolean(false))
                                .orElse(false)
                        : w.action().path("evidence").asBoolean(false))
                .orElse(false);
        Optional<JsonNode> look = written.flatMap(
                w -> step.leg() == Leg.BACK ? w.rollback().flatMap(undo -> undo.appliedWhen()) : w.appliedWhen());
        return Optional.of(new RunQuestion(
                form(step),
                title(walk, step),
                step.message() == null ? "No more is known." : step.message(),
                step.expected() == null ? "" : step.expected(),
                repeat(step),
                look.map(words::condition).orElse(""),
                look.map(RunQuestion::lookFor).orElse(""),
                offers,
                canRollBack(walk),
                evidence));
    }

    private static String lookFor(JsonNode condition) {
        return condition.has("is")
                ? condition.path("is").asText()
                : condition.findPath("expectJson").isMissingNode()
                        ? ""
                        : condition.findPath("expectJson").toString();
    }

    private static String form(RunStep step) {
        return switch (step.state()) {
            case FAILED -> "failed";
            case UNKNOWN -> "unknown";
            case RUNNING -> "output";
            default -> DecideStep.awaitsNoReturn(step) ? "no-return" : "manual";
        };
    }

    private static String title(Walk walk, RunStep step) {
        String name = Headline.step(walk, step);
        return switch (form(step)) {
            case "failed" -> Words.sentence(name) + " failed: " + step.title();
            case "unknown" -> "Did " + name + ", “" + step.title() + "”, happen?";
            case "output" ->
                step.asksForDisk()
                        ? Words.sentence(name) + " waits for room on the disk"
                        : Words.sentence(name) + " has printed a lot. Let it print more?";
            case "no-return" -> Words.sentence(name) + " cannot be undone. Go on?";
            default -> walk.number(step) + ". " + step.title();
        };
    }

    private static String repeat(RunStep step) {
        if (step.asksToPrint()) {
            return step.asksForDisk()
                    ? "Nothing is lost; it goes on by itself when there is room again."
                    : "Nothing is lost; the process goes on where it stands.";
        }
        if (step.retrySafe()) {
            return "Yes. It is safe to try this step again.";
        }
        return step.state() == StepState.UNKNOWN
                ? "Not by itself. Look first, then say what you found."
                : "Only if you know that it does no harm: this step is not marked as safe to repeat.";
    }

    private static boolean canRollBack(Walk walk) {
        return !walk.run().isGoingBack() && walk.wayBack().isPossible();
    }

    public boolean isFailed() {
        return form.equals("failed");
    }

    public boolean isManual() {
        return form.equals("manual");
    }

    public boolean isUnknown() {
        return form.equals("unknown");
    }

    public boolean isOutput() {
        return form.equals("output");
    }

    public boolean isNoReturn() {
        return form.equals("no-return");
    }

    public boolean canRetry() {
        return offers.contains(StepVerb.RETRY);
    }

    public boolean canSkip() {
        return offers.contains(StepVerb.SKIP);
    }

    public boolean canFail() {
        return offers.contains(StepVerb.FAIL);
    }
}
