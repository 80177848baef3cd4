package dev.switchback.run;

import static dev.switchback.run.RunHappening.*;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where a run stands. {@link #LIFE} is the only way from one state to another. */
public enum RunState {
    AWAITING_APPROVAL,
    QUEUED,
    RUNNING,
    WAITING,
    PAUSED,
    ROLLING_BACK,
    SUCCEEDED,
    FAILED,
    ROLLED_BACK,
    ROLLBACK_FAILED,
    ABORTED;

    /** The table of transitions; {@code docs/run.md} draws it, a test visits every row. */
    public static final LifeCycle<RunState, RunHappening> LIFE = LifeCycle.of(RunState.class, RunHappening.class)
            .on(AWAITING_APPROVAL, APPROVED, QUEUED)
            .on(QUEUED, APPROVAL_LOST, AWAITING_APPROVAL)
            .onAny(List.of(AWAITING_APPROVAL, QUEUED, WAITING), REJECTED, ABORTED)
            .on(QUEUED, STARTED, RUNNING)
            .on(QUEUED, STARTED_BACK, ROLLING_BACK)
            .onAny(List.of(QUEUED, RUNNING, ROLLING_BACK), ASKED, WAITING)
            .on(WAITING, START_NOW, QUEUED)
            .on(WAITING, ANSWERED, RUNNING)
            .on(WAITING, ANSWERED_BACK, ROLLING_BACK)
            .on(ROLLBACK_FAILED, ANSWERED, RUNNING)
            .on(ROLLBACK_FAILED, ANSWERED_BACK, ROLLING_BACK)
            .onAny(List.of(RUNNING, ROLLING_BACK), PAUSE, PAUSED)
            .on(PAUSED, RESUME, RUNNING)
            .on(PAUSED, RESUME_BACK, ROLLING_BACK)
            .onAny(List.of(RUNNING, WAITING, PAUSED, ROLLBACK_FAILED), ROLL_BACK, ROLLING_BACK)
            .onAny(List.of(RUNNING, ROLLING_BACK, WAITING), UNDO_FAILED, ROLLBACK_FAILED)
            .on(RUNNING, FINISHED, SUCCEEDED)
            .on(RUNNING, NOT_PROVEN, FAILED)
            .on(ROLLING_BACK, UNDONE, ROLLED_BACK)
            .onAny(List.of(WAITING, ROLLBACK_FAILED), GIVE_UP, FAILED)
            .onAny(
                    List.of(AWAITING_APPROVAL, QUEUED, RUNNING, WAITING, PAUSED, ROLLING_BACK, ROLLBACK_FAILED),
                    ABORT,
                    ABORTED)
            .build();

    /** The spelling in the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static RunState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no run state " + word));
    }

    /** Whether nothing can happen any more and the lock is free. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == ROLLED_BACK || this == ABORTED;
    }

    /** Whether the engine has something to do. */
    public boolean isMoving() {
        return this == QUEUED || this == RUNNING || this == ROLLING_BACK;
    }

    /** Whether a person has to say something before it goes on. */
    public boolean needsPerson() {
        return this == WAITING || this == ROLLBACK_FAILED || this == AWAITING_APPROVAL;
    }
}
