package dev.switchback.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** Actions and targets written in tests as a runbook file writes them. */
public final class Json {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Json() {}

    public static JsonNode of(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
