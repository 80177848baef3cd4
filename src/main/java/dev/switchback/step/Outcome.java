package dev.switchback.step;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How an attempt ended. Five results, never a boolean: <em>failed</em> means that it ran and the answer is no,
 * <em>errored</em> that we could not ask; the two must never be read as one.
 *
 * @param result which of the five
 * @param message what happened, one sentence that a tired person understands; secrets masked by the caller
 * @param expected what was expected, for failed and errored; otherwise empty
 * @param exitStatus the exit status of a process or the HTTP status, when there is one
 * @param value what the action read, when it read something: the value of a condition (rule of reading 3)
 * @param warning something that does not fail the attempt but must be seen, such as "ERROR in the output"
 */
public record Outcome(
        Result result,
        String message,
        String expected,
        Optional<Integer> exitStatus,
        Optional<String> value,
        Optional<String> warning) {

    /** The five ways an attempt can end. */
    public enum Result {
        /** It ran and did what was expected. */
        SUCCEEDED,
        /** It ran, or may have run in part, and the answer is no. Also: timed out, aborted. */
        FAILED,
        /** We could not ask: connection refused, target or secret missing. Nothing was changed; safe to try again. */
        ERRORED,
        /** A person answers. */
        WAITING,
        /** Contact was lost after the request was sent: it may or may not have taken effect. */
        UNKNOWN
    }

    public static Outcome succeeded(String message) {
        return new Outcome(Result.SUCCEEDED, message, "", Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Outcome failed(String message, String expected) {
        return new Outcome(Result.FAILED, message, expected, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Outcome errored(String message, String expected) {
        return new Outcome(Result.ERRORED, message, expected, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Outcome waiting(String message) {
        return new Outcome(Result.WAITING, message, "", Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Outcome unknown(String message, String expected) {
        return new Outcome(Result.UNKNOWN, message, expected, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Outcome withExitStatus(int status) {
        return new Outcome(result, message, expected, Optional.of(status), value, warning);
    }

    public Outcome withValue(String read) {
        return new Outcome(result, message, expected, exitStatus, Optional.ofNullable(read), warning);
    }

    public Outcome withWarning(String text) {
        return new Outcome(result, message, expected, exitStatus, value, Optional.of(text));
    }

    /** The same outcome with every text changed, for masking secrets before it is stored or shown. */
    public Outcome mapTexts(UnaryOperator<String> change) {
        return new Outcome(
                result,
                change.apply(message),
                change.apply(expected),
                exitStatus,
                value.map(change),
                warning.map(change));
    }

    public boolean succeeded() {
        return result == Result.SUCCEEDED;
    }
}
