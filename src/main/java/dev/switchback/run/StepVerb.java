package dev.switchback.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person can say about a step that needs them. */
public enum StepVerb {
    /** The manual step went as expected; or: go on behind the point of no return. */
    CONFIRM,
    /** Try it again. */
    RETRY,
    /** Go on without it. */
    SKIP,
    /** It happened. */
    SUCCEED,
    /** It did not happen; of a step that has failed already: end the run. */
    FAIL,
    /** Its output waits: let it print more. */
    PRINT_MORE,
    /** Its output waits: end the step. */
    STOP;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<StepVerb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }
}
