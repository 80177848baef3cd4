package dev.switchback.web;

import dev.switchback.problem.Problem;
import java.time.Instant;

/** Only who has seen the present state may change it. */
public final class IfMatch {

    private IfMatch() {}

    /** The ETag header for this validator. */
    public static String etag(String validator) {
        return "\"" + validator + "\"";
    }

    /**
     * What is there now.
     *
     * @param validator its validator
     * @param where which state that is: "shop is at revision 8"
     * @param by who made it so
     * @param at when
     */
    public record Present(String validator, String where, String by, Instant at) {
        private String words() {
            return where + ", saved by " + by + " at " + Labels.full(at);
        }
    }

    /**
     * Refuses a missing (428) or stale (412) validator, and says what is there now. Nothing was changed; the same request
     * may be sent again without harm, but only with another If-Match will it be taken.
     *
     * @param header what was sent, null when nothing was
     */
    public static void require(String header, Present present) {
        if (header == null || header.isBlank()) {
            throw Problem.preconditionRequired(
                            "A change must say which state it was made from; " + present.words(),
                            "If-Match with the ETag of your last GET; now it is " + etag(present.validator()))
                    .toException();
        }
        for (String one : header.split(",")) {
            if (one.trim().equals("*") || one.trim().equals(etag(present.validator()))) {
                return;
            }
        }
        throw Problem.stale(
                        "Somebody changed it since you read it: " + present.words() + "; nothing was stored",
                        "If-Match: " + etag(present.validator()) + ", after reading what is there now")
                .toException();
    }
}
