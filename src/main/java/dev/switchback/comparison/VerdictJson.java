package dev.switchback.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.switchback.verdict.Verdict;

/**
 * Verdicts as JSON. One way of writing for the database, the bundle and the command line, so that the same verdict is the
 * same bytes everywhere.
 */
final class VerdictJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private VerdictJson() {}

    /** All of a verdict, as it is kept. */
    static JsonNode tree(Verdict verdict) {
        return MAPPER.valueToTree(verdict);
    }

    /** The verdict again. */
    static Verdict verdict(JsonNode tree) {
        try {
            return MAPPER.treeToValue(tree, Verdict.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored verdict cannot be read", e);
        }
    }

    /** What outside is told of it, indented, with a line end. */
    static String text(VerdictView view) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(view) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a verdict cannot be written", e);
        }
    }
}
