package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a value of the runbook file must look like. Written once in {@link RunbookShapes}; the check of files, the check
 * of JSON bodies and the JSON Schema all come from it. Immutable and safe for use by several threads.
 */
public interface Shape {

    /** Reports everything that is wrong with the value, all at once. */
    void check(JsonNode value, Place place, Report report);

    /** Whether a value of this JSON type can be meant; decides which alternative of several is checked. */
    boolean takes(JsonNode value);

    /** What is expected here, for a person: {@code a duration such as 30s}. */
    String expected();

    /** The JSON Schema of this shape. Never stricter than {@link #check}. */
    ObjectNode schema(SchemaParts parts);

    /** Refuses a value of the wrong JSON type. */
    default boolean typed(JsonNode value, Place place, Report report) {
        if (takes(value)) {
            return true;
        }
        report.add(place, place.label() + (value.isNull() ? " has no value" : " is " + Words.kind(value)), expected());
        return false;
    }

    /** A condition between members that no single member's shape can state. */
    @FunctionalInterface
    interface Rule {
        void check(JsonNode value, Place place, Report report);
    }
}
