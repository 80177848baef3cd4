package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.switchback.web.Mark;
import dev.switchback.web.Marks;
import dev.switchback.web.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What the page of a measurement shows of one metric.
 *
 * @param metric the metric
 * @param chart its blocks in the order of time
 */
public record MetricCard(MeasuredMetric metric, BlockChart chart) {

    private static final int QUERIES = 20;

    /**
     * A figure with what it is.
     *
     * @param isBad whether somebody should look at it first
     */
    public record Stat(String value, String what, boolean isBad) {
        Stat(String value, String what) {
            this(value, what, false);
        }
    }

    /** A statement of the database, and how often a request called it. */
    public record Query(String text, String calls, String ms, String rows) {}

    public String name() {
        return metric.name();
    }

    /** An id for the page that no other metric has. */
    public String anchor() {
        return "metric-" + metric.position();
    }

    public Mark mark() {
        return Marks.measurement(metric.state().word());
    }

    private boolean isRequests() {
        return "ms".equals(metric.unit());
    }

    /** The figures, the most important first. */
    public List<Stat> stats() {
        var stats = new ArrayList<Stat>();
        String one = isRequests() ? "request" : "number";
        stats.add(new Stat(value(metric.p50()), "median"));
        if (metric.n() > 1) {
            stats.add(new Stat(value(metric.p95()), "p95"));
            stats.add(new Stat(value(metric.p99()), "p99"));
        }
        stats.add(new Stat(Words.count(metric.n(), one), "in " + Words.count(metric.blocks(), "block")));
        stats.add(new Stat(
                Words.count(metric.failed(), "failure"), "of " + Words.count(metric.n(), one), metric.failed() > 0));
        if (metric.hitRatio() != null) {
            stats.add(new Stat(Shown.share(metric.hitRatio()), "from a cache"));
        }
        if (metric.dbCalls() != null) {
            stats.add(new Stat(Shown.number(metric.dbCalls()), "database calls a request"));
        }
        return stats;
    }

    private String value(Double figure) {
        return Shown.value(figure, metric.unit());
    }

    public boolean hasChart() {
        return !chart.isEmpty();
    }

    /** The run chart for a wide page. */
    public String wide() {
        return chart.svg(960);
    }

    /** And for a narrow one, so that its text keeps its size. */
    public String narrow() {
        return chart.svg(340);
    }

    public String chartWords() {
        return chart.words();
    }

    /** Whether hits and misses are drawn apart. */
    public boolean isApart() {
        return chart.series().stream().anyMatch(each -> each.kind() != BlockValues.Kind.ALL);
    }

    /** Where the numbers come from, in a few words. */
    public String source() {
        JsonNode spec = metric.spec();
        if (metric.source().equals("import")) {
            return "imported from " + tool();
        }
        JsonNode asked = spec.path(metric.source());
        return switch (metric.source()) {
            case "http" ->
                asked.path("request").asText() + " on " + asked.path("target").asText();
            case "statements" ->
                "pg_stat_statements on " + asked.path("target").asText() + " during "
                        + asked.path("during").asText();
            default -> metric.source() + " on " + asked.path("target").asText();
        };
    }

    private String tool() {
        String tool = facts().path("tool").asText();
        return tool.equals("csv") ? "another tool" : tool;
    }

    private JsonNode facts() {
        return metric.facts().map(JsonNode.class::cast).orElse(JsonNodeFactory.instance.objectNode());
    }

    /** What was noticed besides the samples, a sentence each. */
    public List<String> noticed() {
        var noticed = new ArrayList<String>();
        steady(facts().path("steady"), noticed);
        cold(facts().path("cold"), noticed);
        late(noticed);
        StreamSupport.stream(facts().path("notes").spliterator(), false)
                .map(JsonNode::asText)
                .forEach(noticed::add);
        return noticed;
    }

    private static void steady(JsonNode steady, List<String> noticed) {
        if (!steady.isObject()) {
            return;
        }
        String medians = Shown.value(steady.path("firstMedianMs").asDouble(), "ms") + " in the first five blocks, "
                + Shown.value(steady.path("lastMedianMs").asDouble(), "ms") + " in the last five";
        noticed.add((steady.path("holds").asBoolean() ? "Steady: " : "Still drifting: ")
                + medians
                + (steady.path("extended").asBoolean() ? "; ten blocks were added for it" : ""));
        if (steady.path("keptFrom").asInt() > 0) {
            noticed.add("The first " + steady.path("keptFrom").asInt() + " blocks count as warm-up");
        }
    }

    private static void cold(JsonNode cold, List<String> noticed) {
        if (cold.isObject()) {
            noticed.add("Made cold " + Words.count(cold.path("times").asInt(), "time") + " before each "
                    + cold.path("per").asText() + ": "
                    + Words.count(cold.path("misses").asInt(), "miss", "misses")
                    + ", " + Words.count(cold.path("hits").asInt(), "hit") + " all the same, "
                    + cold.path("unknown").asInt() + " did not say");
        }
    }

    private void late(List<String> noticed) {
        double share = facts().path("lateShare").asDouble();
        if (share > 0) {
            noticed.add(Shown.share(share) + " of the requests were sent late by Switchback itself");
        }
    }

    /** What its answers left open; nothing of a metric that did not ask for pages, or never got an answer. */
    Optional<Untold> untold() {
        boolean answered = metric.state() == MeasurementState.COMPLETE && metric.p50() != null;
        return metric.source().equals("http") && answered
                ? Untold.of(name(), metric.dbCalls() == null, metric.hitRatio() == null)
                : Optional.empty();
    }

    /** The statements that were called most often. */
    public List<Query> queries() {
        JsonNode counters = facts().path("counters");
        double requests = Math.max(1, counters.path("requests").asDouble());
        return StreamSupport.stream(counters.path("statements").spliterator(), false)
                .limit(QUERIES)
                .map(each -> new Query(
                        each.path("text").asText(),
                        Shown.number((each.path("calls").asDouble()
                                        - each.path("idleCalls").asDouble())
                                / requests),
                        Shown.number(each.path("execMs").asDouble() / requests),
                        Shown.number(each.path("rows").asDouble() / requests)))
                .toList();
    }
}
