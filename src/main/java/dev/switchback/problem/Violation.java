package dev.switchback.problem;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One thing that is wrong with what somebody sent.
 *
 * @param field where, as a path in the sender's own words: {@code steps[2].timeout}; empty for the whole
 * @param message what is wrong, one sentence without a full stop
 * @param expected what would have been right; never empty
 * @param line the line in the sender's file, from 1, or {@code null} when there is no file
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Violation(String field, String message, String expected, Integer line) {

    /** A violation of something that was not sent as a file. */
    public static Violation of(String field, String message, String expected) {
        return new Violation(field, message, expected, null);
    }
}
