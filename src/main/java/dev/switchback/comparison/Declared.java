package dev.switchback.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.step.Durations;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads what a metric declares: how it is asked, what is intended, and which changes matter. */
final class Declared {

    private static final List<String> SOURCES = List.of("http", "prometheus", "sql", "shell", "statements");

    /** How much is asked may differ between the sides; the rest may not. */
    private static final Set<String> AMOUNT = Set.of("blocks", "perBlock", "pause", "warmUp", "repeat", "for", "every");

    private static final Map<String, String> WORDS = Map.of(
            "inputs", "the list of inputs",
            "headers", "the headers",
            "json", "the body",
            "body", "the body",
            "request", "the request",
            "rate", "the rate",
            "target", "the target");

    private static final int SHOWN = 80;

    private Declared() {}

    /** Whether it sends requests; otherwise it reads numbers. */
    static boolean sendsRequests(ObjectNode spec) {
        return spec.has("http");
    }

    private static JsonNode source(ObjectNode spec) {
        return SOURCES.stream()
                .filter(spec::has)
                .findFirst()
                .map(spec::get)
                .orElseThrow(() -> new IllegalStateException("a metric without a source was stored"));
    }

    /** How it is asked, by the name that the page shows; equal on two sides that can be compared. */
    static Map<String, String> asked(ObjectNode spec, String metricClass) {
        var asked = new LinkedHashMap<String, String>();
        var members = new TreeMap<String, JsonNode>();
        source(spec).properties().forEach(each -> members.put(each.getKey(), each.getValue()));
        members.keySet().removeAll(AMOUNT);
        members.forEach(
                (name, value) -> asked.merge(WORDS.getOrDefault(name, name), text(value), (a, b) -> a + " " + b));
        asked.put("the class", metricClass);
        if (spec.has("coldBy")) {
            asked.put("what makes it cold", text(spec.get("coldBy")));
        }
        asked.put(
                "the smallest change that matters",
                spec.has("threshold") ? text(spec.get("threshold")) : "the default");
        asked.put("which is better", spec.path("better").asText("lower"));
        return asked;
    }

    /** Short values as they are, long ones by their beginning and their hash. */
    static String text(JsonNode value) {
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 20) + "… (" + hash(text) + ")";
    }

    private static String hash(String text) {
        return JudgeInput.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    }

    /**
     * The intents by endpoint: what is declared; where nothing is, response times must not get worse, nor database calls
     * where they are told, and a number must not get worse.
     */
    static Map<String, String> judge(ObjectNode spec) {
        var judge = new LinkedHashMap<String, String>();
        spec.path("judge")
                .properties()
                .forEach(each -> judge.put(each.getKey(), each.getValue().asText()));
        if (!sendsRequests(spec)) {
            judge.putIfAbsent("value", "keep");
        } else if (judge.isEmpty()) {
            judge.put("p50", "keep");
            judge.put("p95", "keep");
            judge.put("errors", "keep");
            if (source(spec).has("dbCallsHeader")) {
                judge.put("dbCalls", "keep");
            }
            if (source(spec).has("cacheHeader")) {
                judge.put("hitRatio", "informational");
            }
        }
        return judge;
    }

    /** The smallest changes that matter where they are declared: 0.1 is 10 %. */
    static Map<String, Double> thresholds(ObjectNode spec) {
        var thresholds = new LinkedHashMap<String, Double>();
        spec.path("threshold").properties().forEach(each -> thresholds.put(each.getKey(), share(each.getValue())));
        return thresholds;
    }

    private static double share(JsonNode percent) {
        return new BigDecimal(percent.asText().replace("%", "").strip())
                .movePointLeft(2)
                .doubleValue();
    }

    /** How long one more block takes, its pause included; null when it is unknown. */
    static Double secondsPerBlock(ObjectNode spec) {
        JsonNode http = spec.path("http");
        double rate = http.path("rate").asDouble();
        if (rate <= 0) {
            return null;
        }
        double pause = Durations.parse(http.path("pause").asText("0s")).toMillis() / 1000.0;
        return http.path("perBlock").asDouble() / rate + pause;
    }
}
