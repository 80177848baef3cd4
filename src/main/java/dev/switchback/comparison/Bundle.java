package dev.switchback.comparison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.comparison.JudgeInput.Part;
import dev.switchback.measurement.MeasuredMetric;
import dev.switchback.measurement.Measurement;
import dev.switchback.measurement.Measurements;
import dev.switchback.measurement.SamplesOf;
import dev.switchback.platform.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Everything that proves a verdict in one file: what the judge was told, the samples as they are stored, what he said, how
 * it was measured, and how the numbers are made. The same comparison is always the same file.
 */
@ApplicationScoped
class Bundle {

    static final String INPUT = "input.json";
    static final String RESULT = "result.json";
    static final String PARAMETERS = "parameters.json";
    static final String README = "README.md";

    @Inject
    SamplesOf samples;

    @Inject
    Measurements measurements;

    /** The name of the file in which these samples stand. */
    static String file(Part part) {
        return "samples/" + part.sha256() + ".jsonl.gz";
    }

    /** Writes it; needs a transaction. */
    void write(KeptComparison kept, OutputStream out) throws IOException {
        JudgeInput input = kept.input();
        try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            Instant at = kept.createdAt();
            text(zip, at, README, readme());
            text(zip, at, INPUT, Json.pretty(input.tree()) + "\n");
            text(zip, at, RESULT, VerdictJson.text(VerdictView.of(kept.said(), input)));
            text(zip, at, PARAMETERS, Json.pretty(parameters(input)) + "\n");
            Set<String> written = new HashSet<>();
            for (Part part : input.parts()) {
                if (written.add(part.sha256())) {
                    samples(zip, at, part);
                }
            }
        }
    }

    private static String readme() throws IOException {
        try (InputStream text = Bundle.class.getResourceAsStream("/comparison/bundle-README.md")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void text(ZipOutputStream zip, Instant at, String name, String text) throws IOException {
        entry(zip, at, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void entry(ZipOutputStream zip, Instant at, String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        entry.setLastModifiedTime(FileTime.from(at));
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /** What was removed when its time was over is left out; its hash stands in the input. */
    private void samples(ZipOutputStream zip, Instant at, Part part) throws IOException {
        for (SamplesOf.Part stored : samples.parts(part.metricId())) {
            if (stored.number() == part.number() && stored.bytes().isPresent()) {
                entry(zip, at, file(part), stored.bytes().get());
            }
        }
    }

    private ObjectNode parameters(JudgeInput input) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode sittings = all.putArray("measurements");
        input.legs().forEach(leg -> {
            Measurement measurement =
                    measurements.require(leg.path("measurement").asLong());
            ObjectNode sitting = sittings.addObject();
            sitting.put("leg", leg.path("name").asText());
            sitting.put("measurement", measurement.id());
            sitting.put("state", measurement.state().word());
            sitting.put("amount", measurement.amount());
            sitting.put("revision", measurement.revision().number());
            sitting.put("requestedBy", measurement.requestedBy());
            sitting.set("parameters", measurement.parameters());
            ArrayNode metrics = sitting.putArray("metrics");
            measurements.metricsOf(measurement).forEach(metric -> metrics.add(metric(metric)));
        });
        return all;
    }

    private static ObjectNode metric(MeasuredMetric metric) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", metric.name());
        node.put("source", metric.source());
        node.put("state", metric.state().word());
        node.put("declaredAt", metric.declaredAt().toString());
        node.put("specHash", metric.specHash());
        node.set("spec", metric.spec());
        metric.facts().ifPresent(facts -> node.set("facts", facts));
        return node;
    }
}
