package dev.switchback.step;

import java.util.Optional;

/**
 * What came back when a condition was asked. Three states, never a boolean.
 *
 * @param state which of the three
 * @param value what was read, when something was
 * @param expected what would have been right
 * @param message one sentence: what was read and what was expected, or why nobody could ask
 */
public record Answer(State state, Optional<String> value, String expected, String message) {

    /** The three states. */
    public enum State {
        HOLDS,
        DOES_NOT_HOLD,
        /** No connection, no value: must never be read as "no". */
        COULD_NOT_ASK
    }

    public boolean holds() {
        return state == State.HOLDS;
    }

    public boolean couldNotAsk() {
        return state == State.COULD_NOT_ASK;
    }
}
