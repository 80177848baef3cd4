package dev.switchback.run;

import java.util.Locale;

/** What can happen to a run. */
public enum RunHappening {
    /** Enough people said yes. */
    APPROVED,
    /** Before it began, a yes that it needs was taken back or counts no more. */
    APPROVAL_LOST,
    /** Somebody said no. */
    REJECTED,
    /** The engine takes it up, forward. */
    STARTED,
    /** The engine takes a rollback up. */
    STARTED_BACK,
    /** A person starts a run that could not start when it was to. */
    START_NOW,
    /** A step needs a person: it asks, it failed, or nobody knows whether it happened; or the run could not start. */
    ASKED,
    /** A person answered; it goes on in its own direction. */
    ANSWERED,
    /** A person answered; the way back goes on. */
    ANSWERED_BACK,
    /** It stops between two steps. */
    PAUSE,
    RESUME,
    RESUME_BACK,
    /** The way back begins. */
    ROLL_BACK,
    /** A step of the way back failed. */
    UNDO_FAILED,
    /** Every step is done. */
    FINISHED,
    /** Every step of a rehearsal is done, but what was measured is not what was declared. */
    NOT_PROVEN,
    /** Every step that may have taken effect is undone. */
    UNDONE,
    /** A person ended it after a failure. */
    GIVE_UP,
    /** A person stopped it; nothing is undone. */
    ABORT;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
