package dev.switchback.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * {@code expectJson} (rule of reading 4): every named member must be there and equal, of the same JSON type; other
 * members are ignored, at every depth; arrays compare whole. {@code 1} and {@code 1.0} are the same number. Immutable.
 *
 * @param expected what must be there
 */
public record JsonExpectation(JsonNode expected) {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Comparator<JsonNode> NUMBERS_BY_VALUE = (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    };

    /** The first difference as a sentence, or empty when the text is JSON and all is as expected. */
    public Optional<String> difference(String text) {
        try {
            JsonNode actual = JSON.readTree(text);
            return actual.isMissingNode()
                    ? Optional.of("the answer is empty, not JSON")
                    : difference("", expected, actual);
        } catch (JsonProcessingException notJson) {
            return Optional.of("the answer is not JSON: " + Action.firstLine(text));
        }
    }

    private static Optional<String> difference(String path, JsonNode expected, JsonNode actual) {
        if (!expected.isObject() || !actual.isObject()) {
            return expected.equals(NUMBERS_BY_VALUE, actual)
                    ? Optional.empty()
                    : Optional.of((path.isEmpty() ? "the answer" : path) + " was " + cut(actual) + ", expected "
                            + cut(expected));
        }
        for (Map.Entry<String, JsonNode> member : expected.properties()) {
            String inner = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            JsonNode found = actual.get(member.getKey());
            Optional<String> difference = found == null
                    ? Optional.of(inner + " is missing, expected " + cut(member.getValue()))
                    : difference(inner, member.getValue(), found);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static String cut(JsonNode node) {
        return Action.firstLine(node.toString());
    }

    @Override
    public String toString() {
        return expected.toString();
    }
}
