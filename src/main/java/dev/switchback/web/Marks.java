package dev.switchback.web;

import io.quarkus.qute.TemplateExtension;

/** The look of every state, by its word in the contract: {@code {mark:run(run.state.word)}} in a template. */
@TemplateExtension(namespace = "mark")
public final class Marks {

    private Marks() {}

    /** A state of a run. */
    public static Mark run(String word) {
        return switch (word) {
            case "awaiting-approval" -> Mark.loud("wait", "Awaiting approval", "s-wait");
            case "queued" -> Mark.quiet("idle", "Queued", "s-idle");
            case "running" -> Mark.loud("run", "Running", "s-run");
            case "waiting" -> Mark.loud("wait", "Waiting", "s-wait");
            case "paused" -> Mark.loud("wait", "Paused", "s-wait");
            case "rolling-back" -> Mark.loud("run", "Rolling back", "s-run");
            case "succeeded" -> Mark.quiet("ok", "Succeeded", "s-ok");
            case "failed" -> Mark.loud("fail", "Failed", "s-fail");
            case "rolled-back" -> Mark.quiet("back", "Rolled back", "s-back");
            case "rollback-failed" -> Mark.loud("fail", "Rollback failed", "s-fail");
            case "aborted" -> Mark.quiet("cancel", "Aborted", "s-idle");
            default -> Mark.loud("unk", Words.sentence(word), "s-unk");
        };
    }

    /** A state of a step of a run. */
    public static Mark step(String word) {
        return switch (word) {
            case "pending" -> Mark.quiet("idle", "Not started", "s-idle");
            case "running" -> Mark.loud("run", "Running", "s-run");
            case "waiting" -> Mark.loud("wait", "Waiting", "s-wait");
            case "succeeded" -> Mark.quiet("ok", "Succeeded", "s-ok");
            case "failed" -> Mark.loud("fail", "Failed", "s-fail");
            case "skipped" -> Mark.quiet("skip", "Skipped", "s-idle");
            case "unknown" -> Mark.loud("unk", "Unknown", "s-unk");
            case "rolled-back" -> Mark.quiet("back", "Rolled back", "s-back");
            default -> Mark.loud("unk", Words.sentence(word), "s-unk");
        };
    }

    /** A state of a migration. */
    public static Mark migration(String word) {
        return switch (word) {
            case "draft" -> Mark.quiet("draft", "Draft", "s-idle");
            case "ready" -> Mark.quiet("ready", "Ready", "s-back");
            case "rehearsed" -> Mark.quiet("rehearsed", "Rehearsed", "s-back");
            case "live" -> Mark.quiet("live", "Live", "s-back");
            case "rolled-back" -> Mark.quiet("back", "Rolled back", "s-back");
            case "done" -> Mark.quiet("ok", "Done", "s-ok");
            case "abandoned" -> Mark.quiet("cancel", "Abandoned", "s-idle");
            default -> Mark.loud("unk", Words.sentence(word), "s-unk");
        };
    }

    /** A state of a measurement, or of one of its metrics. */
    public static Mark measurement(String word) {
        return switch (word) {
            case "pending" -> Mark.quiet("idle", "Not begun", "s-idle");
            case "running" -> Mark.loud("run", "Measuring", "s-run");
            case "complete" -> Mark.quiet("ok", "Complete", "s-ok");
            case "stopped" -> Mark.quiet("cancel", "Stopped", "s-idle");
            case "failed" -> Mark.loud("fail", "Failed", "s-fail");
            default -> Mark.loud("unk", Words.sentence(word), "s-unk");
        };
    }

    /** A level of a finding. */
    public static Mark finding(String level) {
        return switch (level) {
            case "error" -> Mark.loud("fail", "Error", "s-fail");
            case "warning" -> Mark.loud("warn", "Warning", "s-wait");
            default -> Mark.quiet("idle", "Note", "s-idle");
        };
    }

    /** What an import does to a document. */
    public static Mark change(String word) {
        return switch (word) {
            case "created" -> Mark.loud("plus", "Created", "s-back");
            case "revised" -> Mark.loud("pen", "Revised", "s-back");
            default -> Mark.quiet("same", "Unchanged", "s-idle");
        };
    }

    /** What differs between two contents. */
    public static Mark difference(String word) {
        return switch (word) {
            case "added" -> Mark.loud("plus", "Added", "s-ok");
            case "removed" -> Mark.loud("minus", "Removed", "s-fail");
            case "moved" -> Mark.loud("up", "Moved", "s-back");
            default -> Mark.loud("pen", "Changed", "s-back");
        };
    }

    /** Whether a target answered. */
    public static Mark target(String word) {
        return switch (word) {
            case "answers", "reachable" -> Mark.quiet("ok", "Answers", "s-ok");
            case "slow" -> Mark.loud("warn", "Slow", "s-wait");
            case "unreachable" -> Mark.loud("fail", "No answer", "s-fail");
            default -> Mark.quiet("idle", "Not checked", "s-idle");
        };
    }

    /** Any look that has no state of its own: an icon, a word, a colour. */
    public static Mark of(String icon, String word, String tone) {
        return Mark.loud(icon, word, tone);
    }
}
