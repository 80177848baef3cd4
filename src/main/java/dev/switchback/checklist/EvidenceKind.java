package dev.switchback.checklist;

import java.util.Arrays;
import java.util.Optional;

/** What an item wants to be shown. */
public enum EvidenceKind {
    RUN("a run", "the number or the address of a run of this migration, such as 5 or /runs/5"),
    COMPARISON("a comparison", "the address of a comparison, a link, or what you saw, in words"),
    PLAN("query plans", "the address of a query plan, a link, or what you saw, in words"),
    DATA("realistic data", "a link, or what was tried with which data, in words"),
    NOTE("a note", "a sentence");

    private final String wanted;
    private final String hint;

    EvidenceKind(String wanted, String hint) {
        this.wanted = wanted;
        this.hint = hint;
    }

    /** The spelling in files. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** With its article, in a sentence. */
    public String wanted() {
        return wanted;
    }

    /** What may be given. */
    public String hint() {
        return hint;
    }

    static Optional<EvidenceKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
