package dev.switchback.step;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A named connection inside an environment, as its file describes it; secrets are still references.
 *
 * @param name the name that steps use
 * @param kind {@code shell, ssh, http, jdbc, redis, prometheus} or {@code kubernetes}
 * @param settings all members of the target, {@code kind} included
 */
public record Target(String name, String kind, JsonNode settings) {

    /** A member as text, or the fallback when it is absent. */
    public String text(String member, String fallback) {
        JsonNode value = settings.get(member);
        return value == null || value.isNull() ? fallback : value.asText();
    }
}
