package dev.switchback.web;

import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Builds the query string of a list, leaving out what is empty. Not safe for use by several threads. */
public final class Query {

    private final StringBuilder address;

    private Query(String path) {
        this.address = new StringBuilder(path);
    }

    /** Starts with a path. */
    public static Query of(String path) {
        return new Query(path);
    }

    /** Adds a parameter unless its value is null or blank. */
    public Query with(String name, Object value) {
        String text = value == null ? "" : value.toString();
        if (!text.isBlank()) {
            address.append(address.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(text, StandardCharsets.UTF_8));
        }
        return this;
    }

    @Override
    public String toString() {
        return address.toString();
    }

    /**
     * A parameter that is said or not: {@code ?dryRun}, {@code ?dryRun=true}, {@code ?dryRun=false}, or left out.
     *
     * @throws dev.switchback.problem.ProblemException 422 for any other word: guessing could do what was not meant
     */
    public static boolean flag(String name, String value, UriInfo address) {
        if (value == null || value.isEmpty()) {
            // The framework hands an empty parameter over as none at all.
            return address.getQueryParameters().containsKey(name);
        }
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw Problem.content(List.of(Violation.of(name, name + " is “" + value + "”", "true or false")))
                .toException();
    }

    /** A parameter that was filled in, trimmed. */
    public static Optional<String> filled(String value) {
        return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
    }
}
