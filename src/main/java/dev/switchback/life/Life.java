package dev.switchback.life;

import dev.switchback.migration.LifeVerb;
import dev.switchback.migration.MigrationState;
import dev.switchback.migration.RunsOfMigration.UnderWay;
import java.util.Optional;

/**
 * What can be decided about a migration as it stands now: the one table of its life beyond its runs. Pure.
 *
 * @param state where it stands
 * @param archived whether it is put away
 * @param needsReview whether nobody has read it yet
 * @param ran whether it ever ran, or anything of it was ever measured
 * @param underWay the run of it that is not over, if there is one
 */
record Life(MigrationState state, boolean archived, boolean needsReview, boolean ran, Optional<UnderWay> underWay) {

    /**
     * Why something cannot be decided now.
     *
     * @param why the reason, as the end of a sentence that begins with the key of the migration
     * @param expected what would have to be
     * @param run the run that is in the way, if one is that may be seen
     */
    record Refusal(String why, String expected, Optional<Long> run) {
        Refusal(String why, String expected) {
            this(why, expected, Optional.empty());
        }
    }

    boolean allows(LifeVerb verb) {
        return refusal(verb).isEmpty();
    }

    /** Why this cannot be decided now; empty when it can. */
    Optional<Refusal> refusal(LifeVerb verb) {
        if (archived && verb != LifeVerb.UNARCHIVE && verb != LifeVerb.DUPLICATE) {
            return refused(
                    "is archived",
                    verb == LifeVerb.ARCHIVE ? "one that is not archived yet" : "unarchive it first; then it can be");
        }
        return switch (verb) {
            case REVIEW -> needsReview ? ok() : refused("needs no review", "one that nobody has read yet");
            case DONE, ABANDON ->
                state.isLastWord()
                        ? refused("is " + state.word() + " already", "one that is neither done nor abandoned")
                        : unlessUnderWay();
            case REOPEN ->
                state.isLastWord()
                        ? ok()
                        : refused("is " + state.word() + ", so it is open", "one that is done or abandoned");
            case ARCHIVE -> unlessUnderWay();
            case UNARCHIVE -> archived ? ok() : refused("is not archived", "one that is archived");
            case DELETE -> deletion();
            case HAND_OVER, DUPLICATE -> ok();
        };
    }

    private Optional<Refusal> deletion() {
        if (ran) {
            return refused(
                    "has run, or was measured, and is part of the history; it cannot be deleted", "archive it instead");
        }
        return state == MigrationState.DRAFT || state == MigrationState.READY
                ? ok()
                : refused("is " + state.word() + "; it cannot be deleted", "a draft: reopen it first, or archive it");
    }

    private Optional<Refusal> unlessUnderWay() {
        return underWay.map(UnderWay::seen)
                .map(run -> new Refusal(
                        "has " + run.map(id -> "run " + id).orElse("a run that you may not see") + " under way",
                        "a migration none of whose runs is under way",
                        run));
    }

    private static Optional<Refusal> ok() {
        return Optional.empty();
    }

    private static Optional<Refusal> refused(String why, String expected) {
        return Optional.of(new Refusal(why, expected));
    }
}
