package dev.switchback.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.comparison.JudgeInput.Part;
import dev.switchback.measurement.StoredSample;
import dev.switchback.verdict.CacheState;
import dev.switchback.verdict.Comparison;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Intent;
import dev.switchback.verdict.Leg;
import dev.switchback.verdict.Load;
import dev.switchback.verdict.Metric;
import dev.switchback.verdict.MetricClass;
import dev.switchback.verdict.Reading;
import dev.switchback.verdict.Sample;
import dev.switchback.verdict.Samples;
import dev.switchback.verdict.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Reads what a judge is told from its JSON, the same from a database and from a bundle. */
final class ReadInput {

    private final JsonNode input;
    private final Function<Part, List<StoredSample>> stored;

    ReadInput(JsonNode input, Function<Part, List<StoredSample>> stored) {
        this.input = input;
        this.stored = stored;
    }

    Comparison comparison() {
        if (input.path("schema").asInt() != JudgeInput.SCHEMA) {
            throw new IllegalStateException("input of schema " + input.path("schema") + " is of a newer Switchback");
        }
        return new Comparison(
                input.path("alpha").asDouble(),
                input.path("extended").asBoolean(),
                input.path("interleaved").asBoolean(),
                JudgeInput.items(input.path("metrics")).stream()
                        .map(ReadInput::metric)
                        .toList(),
                JudgeInput.items(input.path("legs")).stream().map(this::leg).toList(),
                input.path("unexpectedSettings").isArray() ? JudgeInput.texts(input.path("unexpectedSettings")) : null);
    }

    private static Metric metric(JsonNode metric) {
        return new Metric(
                metric.path("name").asText(),
                MetricClass.valueOf(metric.path("class").asText().toUpperCase(Locale.ROOT)),
                metric.path("higherIsBetter").asBoolean(),
                metric.path("unit").asText(),
                metric.path("declared").asBoolean(),
                metric.path("imported").asBoolean(),
                byEndpoint(metric.path("judge"), intent -> Intent.of(intent.asText())),
                byEndpoint(metric.path("thresholds"), JsonNode::asDouble),
                number(metric.path("secondsPerBlock")));
    }

    private static <V> Map<Endpoint, V> byEndpoint(JsonNode object, Function<JsonNode, V> read) {
        var values = new LinkedHashMap<Endpoint, V>();
        object.properties().forEach(each -> values.put(Endpoint.of(each.getKey()), read.apply(each.getValue())));
        return values;
    }

    private static Double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : null;
    }

    private Leg leg(JsonNode leg) {
        return new Leg(
                leg.path("name").asText(),
                Side.valueOf(leg.path("side").asText().toUpperCase(Locale.ROOT)),
                leg.path("fromMs").asLong(),
                leg.path("toMs").asLong(),
                leg.path("interrupted").asBoolean(),
                textByName(leg.path("conditions")),
                JudgeInput.texts(leg.path("otherChanges")),
                JudgeInput.items(leg.path("load")).stream().map(ReadInput::load).toList(),
                JudgeInput.items(leg.path("samples")).stream()
                        .map(this::samples)
                        .toList());
    }

    private static Map<String, String> textByName(JsonNode object) {
        var values = new LinkedHashMap<String, String>();
        object.properties()
                .forEach(each -> values.put(each.getKey(), each.getValue().asText()));
        return values;
    }

    private static Load load(JsonNode load) {
        return new Load(
                load.path("name").asText(),
                load.path("value").asDouble(),
                load.path("share").asBoolean());
    }

    private Samples samples(JsonNode node) {
        int keptFrom = node.path("keptFrom").asInt();
        List<StoredSample> all = JudgeInput.items(node.path("parts")).stream()
                .map(Part::of)
                .map(stored)
                .flatMap(List::stream)
                .toList();
        boolean requests = node.path("requests").asBoolean();
        return new Samples(
                node.path("metric").asText(),
                textByName(node.path("conditions")),
                requests ? all.stream().map(each -> request(each, keptFrom)).toList() : List.of(),
                requests
                        ? List.of()
                        : all.stream()
                                .filter(each -> each.ok() && each.value() != null && !each.warmUp())
                                .map(ReadInput::reading)
                                .toList(),
                number(node.path("plannedRate")),
                number(node.path("achievedRate")));
    }

    private static Sample request(StoredSample stored, int keptFrom) {
        return new Sample(
                stored.block(),
                stored.input(),
                stored.scheduledUs() / 1000.0,
                stored.sentUs() / 1000.0,
                stored.measured(),
                stored.serviceMs(),
                stored.ok(),
                CacheState.valueOf(stored.cache().toUpperCase(Locale.ROOT)),
                stored.dbCalls(),
                stored.warmUp() || stored.block() < keptFrom,
                stored.late());
    }

    private static Reading reading(StoredSample stored) {
        return new Reading(stored.block(), stored.scheduledUs() / 1000.0, stored.value());
    }
}
