package dev.switchback.web;

import dev.switchback.problem.Problem;

/** Only who has seen the present state may change it. */
public final class IfMatch {

    private IfMatch() {}

    /** The ETag header for this validator. */
    public static String etag(String validator) {
        return "\"" + validator + "\"";
    }

    /**
     * Refuses a missing (428) or stale (412) validator.
     *
     * @param header what was sent, null when nothing was
     * @param present the validator of the present state
     */
    public static void require(String header, String present) {
        if (header == null || header.isBlank()) {
            throw Problem.preconditionRequired(
                            "A change must say which state it was made from",
                            "If-Match with the ETag of your last GET; now it is " + etag(present))
                    .toException();
        }
        for (String one : header.split(",")) {
            if (one.trim().equals("*") || one.trim().equals(etag(present))) {
                return;
            }
        }
        throw Problem.stale(
                        "Somebody changed it since you read it; nothing was stored",
                        "If-Match: " + etag(present) + ", after reading what is there now")
                .toException();
    }
}
