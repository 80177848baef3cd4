package dev.switchback.verdict;

/**
 * One request of a prober during a run.
 *
 * @param prober which prober sent it
 * @param scheduledMs when it should have been sent, milliseconds since 1970
 * @param sentMs when it was sent, milliseconds since 1970; of probers that are not steady, when it was over
 * @param tookMs how long it took, ms
 * @param failure why it failed, null when it did not
 * @param slow whether it took longer than declared; not a failure
 * @param instance who answered (a header or the remote address), null when nobody said
 * @param detail what happened, for a failure: "503 Service Unavailable"; null otherwise
 */
public record Probe(
        Prober prober,
        double scheduledMs,
        double sentMs,
        double tookMs,
        Failure failure,
        boolean slow,
        String instance,
        String detail) {

    /** The kinds of probers; the first two keep the rate, the others are counted apart. */
    public enum Prober {
        NEW_CONNECTION("new connection", true),
        KEPT_OPEN("kept-open connection", true),
        SLOW_REQUEST("slow request", false),
        WRITE_THEN_READ("write, then read", false),
        SHADOW("second instance", false);

        private final String words;
        private final boolean steady;

        Prober(String words, boolean steady) {
            this.words = words;
            this.steady = steady;
        }

        /** As the page says it. */
        public String words() {
            return words;
        }

        /** Whether it sends at the declared rate, so that coverage and gaps are counted from it. */
        public boolean steady() {
            return steady;
        }
    }

    /** Why a probe failed. */
    public enum Failure {
        REFUSED("refused"),
        RESET("reset"),
        TLS("TLS"),
        DNS("name not found"),
        TIMEOUT("timed out"),
        SERVER_ERROR("5xx"),
        CLIENT_ERROR("4xx"),
        WRONG_STATUS("another status than expected"),
        WRONG_BODY("wrong body"),
        LOST_WRITE("lost write"),
        OTHER("other");

        private final String words;

        Failure(String words) {
            this.words = words;
        }

        /** As the page says it. */
        public String words() {
            return words;
        }
    }

    /** Whether it failed. */
    public boolean failed() {
        return failure != null;
    }
}
