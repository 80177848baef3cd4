package dev.switchback.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.measurement.StoredSample;
import dev.switchback.platform.Json;
import dev.switchback.verdict.Comparison;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * All that a judge is told, as JSON. The samples stand in it by the hashes of the bytes that are stored, so that its own
 * hash names everything, and it can be read where there is no database.
 *
 * @param tree the JSON, members in the order in which they were written
 */
public record JudgeInput(ObjectNode tree) {

    /** The form that is written. */
    static final int SCHEMA = 1;

    /**
     * A part of the samples of one metric in one leg.
     *
     * @param metricId the row that it belongs to
     * @param number its place, from 0
     * @param schema the form of its bytes
     * @param sha256 the hash of its bytes
     */
    public record Part(long metricId, int number, int schema, String sha256) {

        static Part of(JsonNode part) {
            return new Part(
                    part.path("metricId").asLong(),
                    part.path("part").asInt(),
                    part.path("schema").asInt(),
                    part.path("sha256").asText());
        }
    }

    /** The name of it. */
    public String hash() {
        return sha256(Json.text(tree).getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 as lower-case hexadecimal digits. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The version of the judge who is asked. */
    public String method() {
        return tree.path("method").asText();
    }

    /** What a reader must know besides the verdict, one sentence each. */
    public List<String> remarks() {
        return texts(tree.path("remarks"));
    }

    /** The legs, in the order in which they were carried out. */
    List<JsonNode> legs() {
        return items(tree.path("legs"));
    }

    /** The measurements of the legs, in the same order. */
    List<Long> measurements() {
        return legs().stream().map(leg -> leg.path("measurement").asLong()).toList();
    }

    /** Whether blocks were added after a first look. */
    boolean isExtended() {
        return tree.path("extended").asBoolean();
    }

    /** Whether the blocks of two versions took turns. */
    boolean isInterleaved() {
        return tree.path("interleaved").asBoolean();
    }

    /** Every part of every leg, in order. */
    List<Part> parts() {
        var parts = new ArrayList<Part>();
        for (JsonNode leg : legs()) {
            for (JsonNode samples : leg.path("samples")) {
                samples.path("parts").forEach(part -> parts.add(Part.of(part)));
            }
        }
        return parts;
    }

    /** What the judge reads, with the samples that this function finds. */
    Comparison comparison(Function<Part, List<StoredSample>> samples) {
        return new ReadInput(tree, samples).comparison();
    }

    static List<JsonNode> items(JsonNode array) {
        var items = new ArrayList<JsonNode>();
        array.forEach(items::add);
        return items;
    }

    static List<String> texts(JsonNode array) {
        return items(array).stream().map(JsonNode::asText).toList();
    }
}
