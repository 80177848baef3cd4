package dev.switchback.migration;

import java.util.Arrays;
import java.util.Locale;

/** Where a migration stands. All but the last two are derived, see {@link #of}. */
public enum MigrationState {
    DRAFT,
    READY,
    REHEARSED,
    LIVE,
    ROLLED_BACK,
    DONE,
    ABANDONED;

    /** The spelling in the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a person said it, not the runs: it stays until a person says otherwise. */
    public boolean isLastWord() {
        return this == DONE || this == ABANDONED;
    }

    public static MigrationState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no migration state " + word));
    }

    /** How the last live run of a revision ended. */
    public enum LastLive {
        NONE,
        SUCCEEDED,
        ROLLED_BACK
    }

    /**
     * Derives the state of a migration.
     *
     * @param runnable whether the revision has steps, no finding of level error, and needs no review
     * @param rehearsed whether a rehearsal of this very revision succeeded
     * @param lastLive how the last live run of this very revision ended
     */
    public static MigrationState derive(boolean runnable, boolean rehearsed, LastLive lastLive) {
        return switch (lastLive) {
            case SUCCEEDED -> LIVE;
            case ROLLED_BACK -> ROLLED_BACK;
            case NONE -> !runnable ? DRAFT : rehearsed ? REHEARSED : READY;
        };
    }
}
