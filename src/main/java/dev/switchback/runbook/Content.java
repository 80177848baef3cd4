package dev.switchback.runbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The stored form of a document's content: JSON text with members in file order and numbers digit by digit. Store it as
 * {@code text}: {@code jsonb} would reorder the members. Pure functions, safe for use by several threads.
 */
public final class Content {
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Content() {}

    /** The content as JSON text, in one line. */
    public static String json(JsonNode content) {
        return content.toString();
    }

    /**
     * The content that {@link #json} wrote, or that somebody sent to the API: the tree is equal to the one that was
     * written.
     *
     * @throws JsonProcessingException when the text is not one JSON object, or has a member twice
     */
    public static ObjectNode of(String json) throws JsonProcessingException {
        return EXACT.readValue(json, ObjectNode.class);
    }
}
