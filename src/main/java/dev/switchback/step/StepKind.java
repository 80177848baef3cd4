package dev.switchback.step;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every kind of action a step can name. A switch over it has no default, so that a new kind breaks the build. */
public enum StepKind {
    SHELL,
    SSH,
    HTTP,
    SQL,
    REDIS,
    KUBERNETES,
    MANUAL,
    WAIT,
    CHECK,
    MEASURE,
    /** Only as the reading action of a condition, never as a step of its own. */
    PROMETHEUS;

    /** The spelling in the runbook file, the API and the log: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this word. */
    public static Optional<StepKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
