package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.sampling.MetricPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The name of what a metric asks: equal on two sides that can be compared. How much was asked and how it is judged is not
 * part of it.
 */
final class SpecHash {

    private SpecHash() {}

    /** Lower-case hexadecimal SHA-256; the order of members does not matter. */
    static String of(MetricPlan plan) {
        ObjectNode asked = plan.conditions();
        asked.put("class", plan.metricClass().key());
        return sha256(inOrder(asked).getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 as lower-case hexadecimal digits. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String inOrder(JsonNode node) {
        if (node.isObject()) {
            var members = new TreeMap<String, JsonNode>();
            node.properties().forEach(each -> members.put(each.getKey(), each.getValue()));
            return members.entrySet().stream()
                    .map(each -> '"' + each.getKey() + "\":" + inOrder(each.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            var items = new java.util.ArrayList<String>();
            node.forEach(item -> items.add(inOrder(item)));
            return String.join(",", items).transform(text -> "[" + text + "]");
        }
        return node.toString();
    }
}
