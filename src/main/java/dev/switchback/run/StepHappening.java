package dev.switchback.run;

import java.util.Locale;

/** What can happen to a step of a run. */
public enum StepHappening {
    /** An attempt began. */
    BEGAN,
    /** It waits for a person's word. */
    ASKED_PERSON,
    /** It is done, as the attempt or a person says. */
    SUCCEED,
    /** It is not done, as the attempt or a person says. */
    FAIL,
    /** Contact was lost while it ran. */
    LOST,
    /** It will be tried again. */
    AGAIN,
    /** A person goes on without it. */
    SKIP,
    /** Its undo succeeded. */
    TAKEN_BACK;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
