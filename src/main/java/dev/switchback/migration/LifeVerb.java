package dev.switchback.migration;

import dev.switchback.access.Right;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person can decide about a whole migration, beyond writing and running it. */
public enum LifeVerb {
    REVIEW("Reviewed", "review it"),
    DONE("Marked as done", "mark it as done"),
    ABANDON("Abandoned", "abandon it"),
    REOPEN("Reopened", "reopen it"),
    HAND_OVER("Handed over", "hand it over"),
    DUPLICATE("Duplicated", "duplicate it"),
    ARCHIVE("Archived", "archive it"),
    UNARCHIVE("Taken out of the archive", "take it out of the archive"),
    /** Leaves nothing behind, so it is never a row. */
    DELETE("Deleted", "delete it");

    private final String past;
    private final String phrase;

    LifeVerb(String past, String phrase) {
        this.past = past;
        this.phrase = phrase;
    }

    /** The spelling in addresses and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What was done, at the beginning of a sentence. */
    public String past() {
        return past;
    }

    /** For "a token may not …". */
    public String phrase() {
        return phrase;
    }

    /** What it takes. */
    public Right right() {
        return this == REVIEW ? Right.REVIEW : Right.AUTHOR;
    }

    /** Whether only the person may say it, not a program with their token. */
    public boolean isPersonal() {
        return this == REVIEW || this == DONE || this == ABANDON || this == REOPEN;
    }

    /** Whether it has to be said why. */
    public boolean needsNote() {
        return this == ABANDON || this == REOPEN || this == HAND_OVER;
    }

    public static Optional<LifeVerb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }
}
