package dev.switchback.probe;

import dev.switchback.verdict.Probe.Failure;

/** Sends one probe and judges its answer. Never throws; called by several threads. */
@FunctionalInterface
interface Sending {

    /**
     * What came of it.
     *
     * @param failure null when the answer was as expected
     * @param status 0 for none
     * @param message what was wrong, secrets masked; null when nothing was
     * @param remote who answered, null for nobody
     */
    record Result(Failure failure, int status, String message, String remote) {

        Result saying(String words) {
            return new Result(failure, status, words, remote);
        }

        Result failing(Failure other) {
            return new Result(other, status, message, remote);
        }
    }

    /** @param turn the number of the slot: which of the inputs is used */
    Result send(long turn);
}
