package dev.switchback.runbook;

import java.util.Arrays;
import java.util.Locale;

/** The phases of a migration, in their natural order. A runbook may order its steps otherwise. */
public enum Phase {
    PREPARE,
    CHANGE,
    CLEAR_CACHE,
    VERIFY,
    CONTRACT;

    /** The spelling in the runbook file, the API and the pages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The phase with this word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Phase of(String word) {
        return Arrays.stream(values())
                .filter(phase -> phase.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no phase " + word));
    }
}
