package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;

/**
 * The name of a revision: SHA-256 of its content in canonical form. Members are sorted by name, lists keep their order,
 * equal numbers of one kind are written alike ({@code 1.10} and {@code 1.1}; but {@code 1} and {@code 1.0} differ, as
 * do {@code 1} and {@code "1"}). {@code apiVersion} and {@code needsReview} are left out: they say nothing about what
 * is done.
 */
public final class ContentHash {
    private static final Set<String> LEFT_OUT = Set.of("apiVersion", "needsReview");
    private static final Set<String> NOT_WORK = Set.of("apiVersion", "needsReview", "owner", "backup");

    private ContentHash() {}

    /** 64 hexadecimal digits. */
    public static String of(ObjectNode content) {
        return without(LEFT_OUT, content);
    }

    /**
     * The name of the work alone: as {@link #of}, without who answers for it ({@code owner}, {@code backup}). What was
     * rehearsed stays rehearsed when a migration is handed over.
     */
    public static String ofWork(ObjectNode content) {
        return without(NOT_WORK, content);
    }

    private static String without(Set<String> leftOut, ObjectNode content) {
        StringBuilder canonical = new StringBuilder();
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        kept.setAll(content);
        kept.remove(leftOut);
        write(kept, canonical);
        return HexFormat.of().formatHex(sha256().digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void write(JsonNode value, StringBuilder out) {
        if (value.isObject()) {
            writeMembers(value, out);
        } else if (value.isArray()) {
            out.append('[');
            value.forEach(item -> {
                write(item, out);
                out.append(',');
            });
            out.append(']');
        } else {
            out.append(scalar(value));
        }
    }

    private static void writeMembers(JsonNode value, StringBuilder out) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        value.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
        out.append('{');
        sorted.forEach((name, member) -> {
            out.append(JsonNodeFactory.instance.textNode(name)).append(':');
            write(member, out);
            out.append(',');
        });
        out.append('}');
    }

    private static String scalar(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().toString();
        }
        return value.isNumber() ? decimal(value.decimalValue()) : value.toString();
    }

    private static String decimal(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.unscaledValue() + "e" + -shortest.scale();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
