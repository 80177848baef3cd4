package dev.switchback.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

    /** A parameter that was filled in, trimmed. */
    public static Optional<String> filled(String value) {
        return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
    }
}
