package dev.switchback.sampling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.step.Action;
import dev.switchback.step.Durations;
import dev.switchback.verdict.MetricClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A metric as it is declared, with its defaults filled in. Immutable as long as {@code spec} is left alone.
 *
 * @param name its name
 * @param source where its numbers come from
 * @param metricClass which state of the caches it is about
 * @param rate requests a second, 0.5 to 100; 0 for sources other than http
 * @param blocks blocks of requests; numbers to ask for with the other sources (of {@code statements}: 0, as many as the
 *     http metric has)
 * @param perBlock requests a block; 1 for numbers
 * @param pause between two blocks or two numbers
 * @param warmUp how long the warm-up lasts, 20 requests at least
 * @param timeout how long a request or a number may take
 * @param inputs the inputs of its requests, in order; empty for none
 * @param coldBy the action that makes the caches cold: {@code {http: {…}}}; only of class cold
 * @param during the http metric along with which statements are counted; empty for the other sources
 * @param p50Threshold the smallest change of the median that matters: 0.1 is 10 %
 * @param spec all of it, defaults included, to be kept and hashed
 */
public record MetricPlan(
        String name,
        SourceKind source,
        MetricClass metricClass,
        double rate,
        int blocks,
        int perBlock,
        Duration pause,
        Duration warmUp,
        Duration timeout,
        List<Map<String, String>> inputs,
        Optional<JsonNode> coldBy,
        String during,
        double p50Threshold,
        ObjectNode spec) {

    /** Fewest requests of a warm-up. */
    public static final int LEAST_WARM_UP = 20;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int QUICK_BLOCKS = 10;
    private static final int QUICK_PER_BLOCK = 30;
    private static final int THOROUGH_BLOCKS = 20;
    private static final int THOROUGH_PER_BLOCK = 100;

    public MetricPlan {
        inputs = List.copyOf(inputs);
    }

    /**
     * Reads a metric of a migration's content.
     *
     * @param metric validated, as the file states it
     * @throws IllegalArgumentException when it is none that the shapes of the file would let in
     */
    public static MetricPlan of(JsonNode metric, Amount amount) {
        SourceKind source = SourceKind.of(metric);
        ObjectNode spec = metric.deepCopy();
        ObjectNode asked = (ObjectNode) spec.get(source.key());
        fillIn(spec, "class", "any");
        fillIn(spec, "better", "lower");
        return switch (source) {
            case HTTP -> http(spec, asked, amount);
            case PROMETHEUS -> prometheus(spec, asked, amount);
            case SQL -> repeated(spec, asked, source, 1, Duration.ofSeconds(30), amount);
            case SHELL -> repeated(spec, asked, source, 10, Duration.ofMinutes(10), amount);
            case STATEMENTS -> numbers(spec, source, 0, Duration.ZERO, Duration.ofSeconds(10));
        };
    }

    private static MetricPlan http(ObjectNode spec, ObjectNode asked, Amount amount) {
        MetricClass metricClass = metricClass(spec);
        fillIn(asked, "rate", 10);
        fillIn(asked, "blocks", 20);
        fillIn(asked, "perBlock", perBlock(spec, metricClass));
        fillIn(asked, "pause", "5s");
        fillIn(asked, "warmUp", "5s");
        fillIn(asked, "timeout", "2s");
        fillIn(asked, "follow", false);
        fillIn(asked, "expectStatus", "200-299");
        size(asked, amount);
        return new MetricPlan(
                spec.get("name").asText(),
                SourceKind.HTTP,
                metricClass,
                asked.get("rate").asDouble(),
                asked.get("blocks").asInt(),
                asked.get("perBlock").asInt(),
                duration(asked, "pause"),
                duration(asked, "warmUp"),
                duration(asked, "timeout"),
                inputs(asked),
                metricClass == MetricClass.COLD ? new Action(spec).member("coldBy") : Optional.empty(),
                "",
                p50Threshold(spec),
                spec);
    }

    private static void size(ObjectNode asked, Amount amount) {
        int blocks = asked.get("blocks").asInt();
        int perBlock = asked.get("perBlock").asInt();
        if (amount == Amount.QUICK) {
            asked.put("blocks", Math.min(QUICK_BLOCKS, blocks));
            asked.put("perBlock", Math.min(QUICK_PER_BLOCK, perBlock));
        } else if (amount == Amount.THOROUGH) {
            asked.put("blocks", Math.max(THOROUGH_BLOCKS, blocks));
            asked.put("perBlock", Math.max(THOROUGH_PER_BLOCK, perBlock));
        }
    }

    private static int perBlock(ObjectNode spec, MetricClass metricClass) {
        boolean keepsTail = spec.path("judge").path("p95").asText().equals("keep");
        return keepsTail ? 100 : metricClass == MetricClass.COLD ? 30 : 50;
    }

    private static MetricPlan prometheus(ObjectNode spec, ObjectNode asked, Amount amount) {
        fillIn(asked, "for", "1m");
        fillIn(asked, "every", "5s");
        long every = Math.max(1, duration(asked, "every").toMillis());
        int numbers = (int) Math.max(1, Math.min(10_000, duration(asked, "for").toMillis() / every));
        return numbers(
                spec, SourceKind.PROMETHEUS, few(numbers, amount), Duration.ofMillis(every), Duration.ofSeconds(10));
    }

    private static MetricPlan repeated(
            ObjectNode spec, ObjectNode asked, SourceKind source, int repeat, Duration timeout, Amount amount) {
        fillIn(asked, "repeat", repeat);
        asked.put("repeat", few(asked.get("repeat").asInt(), amount));
        return numbers(spec, source, asked.get("repeat").asInt(), Duration.ZERO, timeout);
    }

    private static int few(int numbers, Amount amount) {
        return amount == Amount.QUICK ? Math.min(QUICK_BLOCKS, numbers) : numbers;
    }

    private static MetricPlan numbers(
            ObjectNode spec, SourceKind source, int numbers, Duration pause, Duration timeout) {
        return new MetricPlan(
                spec.get("name").asText(),
                source,
                metricClass(spec),
                0,
                numbers,
                1,
                pause,
                Duration.ZERO,
                timeout,
                List.of(),
                Optional.empty(),
                spec.path(SourceKind.STATEMENTS.key()).path("during").asText(),
                p50Threshold(spec),
                spec);
    }

    private static MetricClass metricClass(ObjectNode spec) {
        return MetricClass.valueOf(spec.get("class").asText().toUpperCase(Locale.ROOT));
    }

    private static double p50Threshold(ObjectNode spec) {
        String stated = spec.path("threshold").path("p50").asText("10%");
        return Double.parseDouble(stated.substring(0, stated.length() - 1)) / 100;
    }

    private static Duration duration(ObjectNode asked, String member) {
        return Durations.parse(asked.get(member).asText());
    }

    private static List<Map<String, String>> inputs(ObjectNode asked) {
        var inputs = new ArrayList<Map<String, String>>();
        asked.path("inputs").forEach(input -> {
            var values = new LinkedHashMap<String, String>();
            input.properties()
                    .forEach(each -> values.put(each.getKey(), each.getValue().asText()));
            inputs.add(values);
        });
        return inputs;
    }

    private static void fillIn(ObjectNode object, String member, Object value) {
        if (!object.hasNonNull(member)) {
            object.set(member, JSON.valueToTree(value));
        }
    }

    /** The action of the source: {@code {target, request, …}}. */
    public JsonNode asked() {
        return spec.get(source.key());
    }

    /** The target that it asks. */
    public String target() {
        return asked().path("target").asText();
    }

    /** Requests of the warm-up at its own rate; 0 for numbers. */
    public int warmUpRequests() {
        return source == SourceKind.HTTP
                ? (int) Math.max(LEAST_WARM_UP, Math.ceil(rate * warmUp.toMillis() / 1000.0))
                : 0;
    }

    /** How many requests are sent or numbers asked for, warm-up left out. */
    public int size() {
        return blocks * perBlock;
    }

    /**
     * About how long it takes when nothing has to be waited for; of commands and queries only the number is known, so
     * they count for nothing. {@code statements} count along with their http metric.
     */
    public Duration expected() {
        if (source == SourceKind.HTTP) {
            double sending = (warmUpRequests() + size()) / rate;
            return Duration.ofMillis(Math.round(sending * 1000)).plus(pause.multipliedBy(blocks));
        }
        return pause.multipliedBy(Math.max(0, blocks - 1));
    }

    /**
     * What must be the same on both sides of a comparison, in a stable order: the request, its inputs, its headers, what
     * makes it cold. How much was asked may differ.
     */
    public ObjectNode conditions() {
        var kept = new TreeMap<String, JsonNode>();
        asked().properties().forEach(each -> kept.put(each.getKey(), each.getValue()));
        List.of("blocks", "perBlock", "pause", "warmUp", "repeat", "for", "every")
                .forEach(kept.keySet()::remove);
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("source", source.key());
        kept.forEach(all::set);
        coldBy.ifPresent(action -> all.set("coldBy", action));
        return all;
    }
}
