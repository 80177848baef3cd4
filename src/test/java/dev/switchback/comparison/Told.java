package dev.switchback.comparison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.measurement.SampleBlob;
import dev.switchback.measurement.StoredSample;
import dev.switchback.verdict.Judge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a judge is told, made without a database: one warm metric in legs that each have their own median. */
final class Told {

    static final int BLOCKS = 12;
    static final int PER_BLOCK = 50;

    private final Map<String, byte[]> blobs = new HashMap<>();
    private final ObjectNode input = JsonNodeFactory.instance.objectNode();
    private final ArrayNode legs = JsonNodeFactory.instance.arrayNode();
    private final Random random = new Random(7);

    Told() {
        input.put("schema", JudgeInput.SCHEMA).put("method", Judge.CURRENT).put("alpha", 0.05);
        input.put("extended", false).put("interleaved", false);
        ObjectNode metric = input.putArray("metrics").addObject();
        metric.put("name", "product-list")
                .put("class", "warm")
                .put("higherIsBetter", false)
                .put("unit", "");
        metric.put("declared", true).put("declaredAt", "2026-11-20T10:00:00Z").put("imported", true);
        metric.putObject("judge").put("p50", "improve 10%").put("p95", "keep").put("errors", "keep");
        metric.putObject("thresholds");
        input.set("legs", legs);
        input.putNull("unexpectedSettings");
        input.putArray("remarks").add("Measured with the quick preset.");
    }

    /** A leg whose response times lie around this median. */
    Told leg(String name, String side, double medianMs) {
        byte[] blob = SampleBlob.write(samples(medianMs));
        String hash = JudgeInput.sha256(blob);
        blobs.put(hash, blob);
        ObjectNode leg = legs.addObject();
        int number = legs.size();
        leg.put("name", name).put("side", side).put("measurement", number);
        leg.put("fromMs", number * 3_600_000L).put("toMs", number * 3_600_000L + 60_000);
        leg.put("interrupted", false);
        leg.putObject("conditions").put("the environment", "staging");
        leg.putArray("otherChanges");
        leg.putArray("load");
        ObjectNode of = leg.putArray("samples").addObject();
        of.put("metric", "product-list").put("requests", true).put("keptFrom", 0);
        of.putObject("conditions").put("the request", "GET /api/products");
        of.putArray("parts")
                .addObject()
                .put("metricId", number)
                .put("part", 0)
                .put("schema", 1)
                .put("sha256", hash);
        return this;
    }

    private List<StoredSample> samples(double median) {
        var samples = new ArrayList<StoredSample>();
        for (int i = 0; i < BLOCKS * PER_BLOCK; i++) {
            double value = median * Math.exp(0.3 * random.nextGaussian());
            long at = i * 100_000L;
            long done = at + Math.round(value * 1000);
            samples.add(new StoredSample(
                    i / PER_BLOCK,
                    i % PER_BLOCK,
                    i % 5,
                    at,
                    at,
                    at,
                    done,
                    200,
                    null,
                    10,
                    true,
                    null,
                    "hit",
                    "X-Cache",
                    null,
                    null,
                    null,
                    null,
                    false,
                    false,
                    null));
        }
        return samples;
    }

    JudgeInput input() {
        return new JudgeInput(input);
    }

    /** The stored bytes by their hash. */
    Map<String, byte[]> blobs() {
        return blobs;
    }

    dev.switchback.verdict.Verdict verdict() {
        return Judge.of(Judge.CURRENT)
                .judge(input().comparison(part -> SampleBlob.read(part.schema(), blobs.get(part.sha256()))));
    }
}
