package dev.switchback.life;

import dev.switchback.migration.LifeVerb;
import io.quarkus.qute.TemplateExtension;
import java.util.List;

/** How decisions are called on pages, and what they mean: words only. */
@TemplateExtension
public final class LifeWords {

    private LifeWords() {}

    /** On the button that decides, and as the heading of its page. */
    public static String button(LifeVerb verb) {
        return switch (verb) {
            case REVIEW -> "I have read it";
            case DONE -> "Mark as done";
            case ABANDON -> "Abandon";
            case REOPEN -> "Reopen";
            case HAND_OVER -> "Hand over";
            case DUPLICATE -> "Duplicate";
            case ARCHIVE -> "Archive";
            case UNARCHIVE -> "Take out of the archive";
            case DELETE -> "Delete";
        };
    }

    /** What happens then, a sentence each. */
    public static List<String> meaning(LifeVerb verb) {
        return switch (verb) {
            case REVIEW ->
                List.of(
                        "You have read what it says, every step and its way back.",
                        "The mark “needs a review” goes away, from its file too, and it can be started live.");
            case DONE ->
                List.of(
                        "Nobody changes or starts it any more, until somebody reopens it.",
                        "A finished run of it can still be rolled back.");
            case ABANDON ->
                List.of(
                        "It is given up; everything stays readable.",
                        "Nobody changes or starts it any more, until somebody reopens it.");
            case REOPEN ->
                List.of(
                        "It can be changed and started again.",
                        "Where it stands is read from its findings and its runs again.");
            case HAND_OVER ->
                List.of(
                        "A new revision names the new owner.",
                        "Rehearsals and ticks stay valid: the work is the same.");
            case DUPLICATE ->
                List.of(
                        "A draft of its own, without the runs, ticks and decisions of this one.",
                        "It needs a review until somebody has changed or read it.");
            case ARCHIVE ->
                List.of(
                        "Lists leave it out; its pages and its history stay where they are.",
                        "Nobody changes or starts it, until somebody takes it out again.");
            case UNARCHIVE -> List.of("It stands in the lists again, and can be changed and started as before.");
            case DELETE ->
                List.of(
                        "It never ran. It goes with its revisions, ticks and decisions.",
                        "This cannot be taken back; archive it to keep it out of the way instead.");
        };
    }

    /** What the note is for. */
    public static String noteHint(LifeVerb verb) {
        return switch (verb) {
            case REVIEW -> "What you looked at; may be left out";
            case ABANDON -> "The next person will ask";
            case REOPEN -> "What is still to be done";
            case HAND_OVER -> "What the new owner should know";
            default -> "May be left out";
        };
    }
}
