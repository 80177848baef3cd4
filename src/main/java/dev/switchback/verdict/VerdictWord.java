package dev.switchback.verdict;

import java.util.Locale;

/** The six words. */
public enum VerdictWord {
    IMPROVED("Improved"),
    NO_CHANGE("No change"),
    REGRESSED("Regressed"),
    INCONCLUSIVE("Inconclusive"),
    NOT_COMPARABLE("Not comparable"),
    NOT_MEASURED("Not measured");

    private final String words;

    VerdictWord(String words) {
        this.words = words;
    }

    /** As the page says it. */
    public String words() {
        return words;
    }

    /** As the API spells it: {@code no-change}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
