package dev.switchback.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.measurement.MeasuredMetric;
import dev.switchback.measurement.Measurement;
import dev.switchback.measurement.MeasurementState;
import dev.switchback.measurement.Measurements;
import dev.switchback.measurement.SamplesOf;
import dev.switchback.verdict.Comparison;
import dev.switchback.verdict.Judge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes down all that a judge is told about some sittings, from the database; needs a transaction. The same rows always
 * give the same text. Samples stand in it by their hashes, so that it is cheap to write.
 */
@ApplicationScoped
class DescribeInput {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Inject
    Measurements measurements;

    @Inject
    SamplesOf samples;

    @Inject
    OtherChanges changes;

    /** What a judge of the current method is told. */
    JudgeInput of(Sides sides) {
        Map<Long, List<MeasuredMetric>> metrics = measurements.metricsOf(
                sides.legs().stream().map(Sides.Leg::measurement).toList());
        var declared = DeclaredSides.of(sides, metrics);
        ObjectNode input = JSON.objectNode();
        input.put("schema", JudgeInput.SCHEMA);
        input.put("method", Judge.CURRENT);
        input.put("alpha", Comparison.ALPHA);
        input.put("extended", sides.extended());
        input.put("interleaved", sides.interleaved());
        input.set("metrics", declared.metrics());
        input.set("legs", legs(sides, metrics));
        input.putNull("unexpectedSettings");
        var remarks = new ArrayList<>(declared.remarks());
        remarks.addAll(maybeTheChange(sides));
        input.set("remarks", texts(remarks));
        return new JudgeInput(input);
    }

    private ArrayNode legs(Sides sides, Map<Long, List<MeasuredMetric>> metrics) {
        Map<Sides.Leg, Map<String, String>> places =
                SamePlace.of(sides.legs(), leg -> leg.measurement().pinnedEnvironment());
        ArrayNode legs = JSON.arrayNode();
        Sides.Leg last = null;
        for (Sides.Leg leg : sides.legs()) {
            legs.add(leg(leg, otherChanges(leg, last, sides.run()), places.get(leg), metrics));
            last = leg;
        }
        return legs;
    }

    private ObjectNode leg(
            Sides.Leg leg,
            List<String> otherChanges,
            Map<String, String> place,
            Map<Long, List<MeasuredMetric>> metrics) {
        Measurement measurement = leg.measurement();
        ObjectNode node = JSON.objectNode();
        node.put("name", leg.name());
        node.put("side", leg.side().name().toLowerCase(Locale.ROOT));
        node.put("measurement", measurement.id());
        node.put("fromMs", Sides.at(measurement).toEpochMilli());
        node.put(
                "toMs", (measurement.endedAt() == null ? Sides.at(measurement) : measurement.endedAt()).toEpochMilli());
        node.put("interrupted", measurement.state() != MeasurementState.COMPLETE);
        ObjectNode conditions = node.putObject("conditions");
        new TreeMap<>(place).forEach(conditions::put);
        node.set("otherChanges", texts(otherChanges));
        node.set("load", load(measurement));
        ArrayNode all = node.putArray("samples");
        metrics.getOrDefault(measurement.id(), List.of()).stream()
                .filter(metric -> !couldNotBeTaken(metric))
                .forEach(metric -> all.add(samples(measurement, metric)));
        return node;
    }

    /** The middle of what was seen before and after; what was seen only once stands for both. */
    private static ArrayNode load(Measurement measurement) {
        ArrayNode all = JSON.arrayNode();
        for (JsonNode each : measurement.load()) {
            double[] seen = Stream.of("before", "after")
                    .map(each::path)
                    .filter(JsonNode::isNumber)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray();
            if (seen.length > 0) {
                all.addObject()
                        .put("name", each.path("name").asText())
                        .put("value", Arrays.stream(seen).average().orElseThrow())
                        .put("share", each.path("share").asBoolean());
            }
        }
        return all;
    }

    private List<String> otherChanges(Sides.Leg leg, Sides.Leg last, Long run) {
        Measurement measurement = leg.measurement();
        var all = new ArrayList<>(changes.during(measurement, run));
        all.addAll(changes.deployedDuring(measurement));
        if (last != null) {
            all.addAll(changes.between(last.measurement(), measurement));
            changes.deployedBetween(last.measurement(), measurement).stream()
                    .filter(deploy -> !mayBeTheChange(deploy, leg, last, run))
                    .forEach(deploy -> all.add(deploy.words() + ", between the sides"));
        }
        return all;
    }

    /**
     * Between a side before and one after lies the change that is judged: what somebody did by hand, or a step of the run.
     * A deploy may be just that. Between two sittings of one side it never is, nor while the run itself did nothing.
     */
    private boolean mayBeTheChange(OtherChanges.Deployed deploy, Sides.Leg leg, Sides.Leg last, Long run) {
        return leg.side() != last.side() && (run == null || changes.acted(run, deploy.at()));
    }

    private List<String> maybeTheChange(Sides sides) {
        var words = new ArrayList<String>();
        Sides.Leg last = null;
        for (Sides.Leg leg : sides.legs()) {
            Sides.Leg earlier = last;
            if (earlier != null) {
                changes.deployedBetween(earlier.measurement(), leg.measurement()).stream()
                        .filter(deploy -> mayBeTheChange(deploy, leg, earlier, sides.run()))
                        .map(deploy ->
                                "Between the sides lies a " + deploy.words() + "; it is judged as part of the change.")
                        .forEach(words::add);
            }
            last = leg;
        }
        return words;
    }

    /** Part of a metric says nothing, even where the rest of the measurement is complete. */
    private static boolean couldNotBeTaken(MeasuredMetric metric) {
        return metric.state() == MeasurementState.FAILED || metric.state() == MeasurementState.PENDING;
    }

    private ObjectNode samples(Measurement measurement, MeasuredMetric metric) {
        Optional<ObjectNode> facts = metric.facts();
        ObjectNode node = JSON.objectNode();
        node.put("metric", metric.name());
        node.put("requests", Declared.sendsRequests(metric.spec()));
        node.put(
                "keptFrom",
                facts.map(each -> each.path("steady").path("keptFrom").asInt()).orElse(0));
        ObjectNode conditions = node.putObject("conditions");
        asked(measurement, metric, facts).forEach(conditions::put);
        rate(node, "plannedRate", facts.map(each -> each.path("effectiveRate")));
        rate(node, "achievedRate", facts.map(each -> each.path("achievedRate")));
        ArrayNode parts = node.putArray("parts");
        samples.parts(metric.id())
                .forEach(part -> parts.addObject()
                        .put("metricId", metric.id())
                        .put("part", part.number())
                        .put("schema", part.schema())
                        .put("sha256", part.sha256()));
        return node;
    }

    private static void rate(ObjectNode node, String name, Optional<JsonNode> rate) {
        double value = rate.map(JsonNode::asDouble).orElse(0.0);
        if (value > 0) {
            node.put(name, value);
        }
    }

    /** What must be the same on both sides, by the name that the page shows. */
    private static Map<String, String> asked(
            Measurement measurement, MeasuredMetric metric, Optional<ObjectNode> facts) {
        var asked = new LinkedHashMap<String, String>(Declared.asked(metric.spec(), metric.metricClass()));
        JsonNode prober = facts.map(each -> each.path("prober")).orElse(JSON.missingNode());
        asked.put(
                "what took the samples",
                measurement.isImported()
                        ? "another tool ("
                                + measurement.parameters().path("tool").asText("unknown") + ")"
                        : "Switchback, prober " + prober.path("version").asText("unknown") + " on "
                                + prober.path("host").asText("an unknown machine"));
        return asked;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
