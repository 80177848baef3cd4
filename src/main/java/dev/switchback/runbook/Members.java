package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads members of validated content. */
final class Members {
    private Members() {}

    static Optional<JsonNode> of(JsonNode content, String member) {
        return Optional.ofNullable(content.get(member)).filter(value -> !value.isNull());
    }

    static Optional<String> text(JsonNode content, String member) {
        return of(content, member).map(JsonNode::asText);
    }

    static List<JsonNode> list(JsonNode content, String member) {
        return StreamSupport.stream(content.path(member).spliterator(), false).toList();
    }

    static List<String> texts(JsonNode content, String member) {
        return list(content, member).stream().map(JsonNode::asText).toList();
    }
}
