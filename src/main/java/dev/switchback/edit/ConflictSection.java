package dev.switchback.edit;

import dev.switchback.diff.MergeSection;
import dev.switchback.diff.MergeSection.Side;
import dev.switchback.diff.MergeSection.State;

/**
 * A section of a conflict as the page shows it.
 *
 * @param number from 1, for its anchor
 * @param section what it is about
 * @param chosen whose version is marked, or null when nobody chose yet
 * @param isMissing whether somebody pressed the button without choosing
 */
public record ConflictSection(int number, MergeSection section, Side chosen, boolean isMissing) {

    /** The name of its choice. */
    public String field() {
        return ConflictForm.TAKE + section.key();
    }

    public boolean isTheirs() {
        return chosen == Side.THEIRS;
    }

    public boolean isMine() {
        return chosen == Side.MINE;
    }

    public boolean isTogether() {
        return chosen == Side.TOGETHER;
    }

    /** Who changed it, in words. */
    public String who() {
        return section.state() == State.BOTH
                ? "both changed it"
                : section.state() == State.MINE ? "only you changed it" : "only they changed it";
    }
}
