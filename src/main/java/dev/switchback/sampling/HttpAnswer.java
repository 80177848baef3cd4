package dev.switchback.sampling;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a request. Moments are of {@link System#nanoTime()}; {@code -1} for one that never came.
 *
 * @param beganNanos when it was begun: before a connection was looked for
 * @param firstByteNanos when the first byte of the answer came
 * @param doneNanos when all of it was there, or it was given up
 * @param status 0 when none came
 * @param headers of the answer, names in lower case, in their order
 * @param bytes length of the body as far as it came
 * @param reused whether the connection was open already
 * @param remote the address that was reached, {@code 10.0.0.5:443}; null for none
 * @param fault why there is no whole answer; empty when there is
 * @param message what the fault says, for people
 */
public record HttpAnswer(
        long beganNanos,
        long firstByteNanos,
        long doneNanos,
        int status,
        Map<String, List<String>> headers,
        long bytes,
        boolean reused,
        String remote,
        Optional<Fault> fault,
        String message) {

    /** The first value of a header, its name in lower case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
}
