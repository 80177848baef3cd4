package dev.switchback.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * Bad news as a value (RFC 9457, with three members of our own). Immutable.
 *
 * @param status the HTTP status it is told with
 * @param title what kind of problem, the same words for the same kind
 * @param detail what failed, with the values that matter and never with a secret
 * @param expected what would have been right
 * @param retrySafe whether sending the same request again can do no harm
 * @param violations everything that is wrong with the content, all at once; empty for other kinds
 * @param more members of a particular kind, such as {@code gates} or {@code run}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"title", "status", "detail", "expected", "retrySafe", "violations"})
public record Problem(
        int status,
        String title,
        String detail,
        String expected,
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean retrySafe,
        List<Violation> violations,
        @JsonAnyGetter Map<String, Object> more) {

    public Problem {
        violations = List.copyOf(violations);
        more = Map.copyOf(more);
    }

    private static Problem of(int status, String title, String detail, String expected, boolean retrySafe) {
        return new Problem(status, title, detail, expected, retrySafe, List.of(), Map.of());
    }

    /** 400: the request could not be read at all. */
    public static Problem syntax(String detail, String expected) {
        return of(400, "The request could not be read", detail, expected, true);
    }

    /** 403: known, but not allowed. */
    public static Problem forbidden(String detail, String expected) {
        return of(403, "Not allowed", detail, expected, true);
    }

    /** 404: nothing here, or nothing that the reader may see. */
    public static Problem notFound(String detail, String expected) {
        return of(404, "Not found", detail, expected, true);
    }

    /** 409: the request is fine, the present state does not allow it. Nothing was changed. */
    public static Problem conflict(String detail, String expected) {
        return of(409, "Not possible in the present state", detail, expected, true);
    }

    /** 412: somebody else was faster. Nothing was changed. */
    public static Problem stale(String detail, String expected) {
        return of(412, "Changed by somebody else meanwhile", detail, expected, false);
    }

    /** 428: an editable thing may only be changed by who has seen it. */
    public static Problem preconditionRequired(String detail, String expected) {
        return of(428, "If-Match is missing", detail, expected, true);
    }

    /** 413: more than the limit. */
    public static Problem tooLarge(String detail, String expected) {
        return of(413, "Too large", detail, expected, true);
    }

    /** 422 with one thing wrong. */
    public static Problem content(String detail, String expected) {
        return of(422, "The content is not valid", detail, expected, true);
    }

    /** 422 with everything that is wrong, all at once. Nothing was stored. */
    public static Problem content(List<Violation> violations) {
        Violation first = violations.get(0);
        String detail = violations.size() == 1
                ? first.message()
                : violations.size() + " problems, the first: " + first.message();
        return new Problem(422, "The content is not valid", detail, first.expected(), true, violations, Map.of());
    }

    /** The same problem with one more member. */
    public Problem with(String name, Object value) {
        var extended = new java.util.HashMap<>(more);
        extended.put(name, value);
        return new Problem(status, title, detail, expected, retrySafe, violations, extended);
    }

    /** The same problem with violations. */
    public Problem with(List<Violation> all) {
        return new Problem(status, title, detail, expected, retrySafe, all, more);
    }

    /** This problem, ready to be thrown to the edge. */
    public ProblemException toException() {
        return new ProblemException(this);
    }
}
