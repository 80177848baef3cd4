package dev.switchback.run;

import static dev.switchback.run.StepHappening.*;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where a step of a run stands. {@link #LIFE} is the only way from one state to another. */
public enum StepState {
    PENDING,
    RUNNING,
    WAITING,
    SUCCEEDED,
    FAILED,
    SKIPPED,
    UNKNOWN,
    ROLLED_BACK;

    /** The table of transitions; {@code docs/run.md} draws it, a test visits every row. */
    public static final LifeCycle<StepState, StepHappening> LIFE = LifeCycle.of(StepState.class, StepHappening.class)
            .on(PENDING, BEGAN, RUNNING)
            .onAny(List.of(PENDING, RUNNING), ASKED_PERSON, WAITING)
            .onAny(List.of(RUNNING, WAITING, FAILED, UNKNOWN), SUCCEED, SUCCEEDED)
            .onAny(List.of(RUNNING, WAITING, UNKNOWN), FAIL, FAILED)
            .on(RUNNING, LOST, UNKNOWN)
            .onAny(List.of(FAILED, UNKNOWN, WAITING), AGAIN, PENDING)
            .onAny(List.of(PENDING, WAITING, FAILED, UNKNOWN), SKIP, SKIPPED)
            .onAny(List.of(PENDING, SUCCEEDED, FAILED, UNKNOWN, WAITING, SKIPPED), TAKEN_BACK, ROLLED_BACK)
            .build();

    /** The spelling in the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static StepState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no step state " + word));
    }

    /** Whether the run goes on behind this step. */
    public boolean isPassed() {
        return this == SUCCEEDED || this == SKIPPED || this == ROLLED_BACK;
    }

    /** Whether a person has to say something about it. */
    public boolean needsPerson() {
        return this == WAITING || this == FAILED || this == UNKNOWN;
    }
}
