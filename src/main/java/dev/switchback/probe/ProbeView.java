package dev.switchback.probe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.step.Durations;
import dev.switchback.verdict.Availability;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the probe of a run came to, as programs see it (CONTRACT.md, section 4, shapes).
 *
 * @param sent probes sent by both probers
 * @param failed how many of them failed
 * @param slow how many took longer than half their time limit, failed ones not counted
 * @param kinds how many failed in which way
 * @param coverage share of the slots in which a probe was sent, of the worse prober
 * @param largestGapMs the longest time without a probe
 * @param outages stretches in which probes failed: all of them, or the first 50 and the last 50
 * @param outageCount how many there were, listed or not
 * @param steps the same counts for each step that began
 * @param withoutDowntime whether the rule for saying so holds
 * @param upperBound if single requests failed at random: the share that did, at most (95 %)
 * @param sentence what the page says
 */
public record ProbeView(
        int sent,
        int failed,
        int slow,
        Map<String, Integer> kinds,
        double coverage,
        double largestGapMs,
        List<OutageView> outages,
        int outageCount,
        List<StepView> steps,
        boolean withoutDowntime,
        double upperBound,
        String sentence) {

    /**
     * A stretch in which probes failed.
     *
     * @param step in which it began; null before the first
     * @param leg of that step
     * @param shortestMs it was at least so long
     * @param longestMs and at most so long
     * @param complete whether all probes failed in it
     */
    public record OutageView(
            Instant from,
            Instant to,
            String step,
            String leg,
            double shortestMs,
            double longestMs,
            int failed,
            int sent,
            boolean complete) {

        /** Its bounds, as probes tell them. */
        @JsonIgnore
        public String lasted() {
            return Durations.words(Duration.ofMillis(Math.round(shortestMs))) + " to "
                    + Durations.words(Duration.ofMillis(Math.round(longestMs)));
        }
    }

    /**
     * The probes of one step.
     *
     * @param sent while it was under way
     * @param upperBound if single requests failed at random: the share that did, at most (95 %)
     */
    public record StepView(String step, String leg, int sent, int failed, double upperBound) {}

    /** That not all outages are listed; null when they are. */
    @JsonIgnore
    public String notListed() {
        return outageCount <= outages.size()
                ? null
                : "The first and the last of "
                        + NumberFormat.getIntegerInstance(Locale.ENGLISH).format(outageCount) + " outages are listed.";
    }

    /** "0 of 8,040". */
    @JsonIgnore
    public String count() {
        NumberFormat numbers = NumberFormat.getIntegerInstance(Locale.ENGLISH);
        return numbers.format(failed) + " of " + numbers.format(sent);
    }

    static String text(Availability all) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sent", all.sent()).put("failed", all.failed()).put("slow", all.slow());
        ObjectNode kinds = node.putObject("kinds");
        all.kinds().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(kind -> kinds.put(kind.getKey().words(), kind.getValue()));
        node.put("coverage", all.coverage()).put("largestGapMs", tenths(all.largestGapMs()));
        var outages = node.putArray("outages");
        for (Availability.Outage outage : all.outages()) {
            outages.addObject()
                    .put("from", (long) outage.fromMs())
                    .put("to", (long) outage.toMs())
                    .put("step", outage.step())
                    .put("leg", outage.leg())
                    .put("shortestMs", tenths(outage.shortestMs()))
                    .put("longestMs", tenths(outage.longestMs()))
                    .put("failed", outage.failed())
                    .put("sent", outage.sent())
                    .put("complete", outage.complete());
        }
        node.put("outageCount", all.outageCount());
        var steps = node.putArray("steps");
        for (Availability.StepShare step : all.steps()) {
            steps.addObject()
                    .put("step", step.step())
                    .put("leg", step.leg())
                    .put("sent", step.sent())
                    .put("failed", step.failed())
                    .put("upperBound", step.upperBound());
        }
        node.put("withoutDowntime", all.withoutDowntime())
                .put("upperBound", all.upperBound())
                .put("sentence", all.sentence());
        return Json.text(node);
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    static ProbeView of(String text) {
        ObjectNode node = Json.object(text);
        var kinds = new LinkedHashMap<String, Integer>();
        node.path("kinds")
                .properties()
                .forEach(each -> kinds.put(each.getKey(), each.getValue().asInt()));
        var outages = new ArrayList<OutageView>();
        node.path("outages").forEach(each -> outages.add(outage(each)));
        var steps = new ArrayList<StepView>();
        node.path("steps").forEach(each -> steps.add(step(each)));
        return new ProbeView(
                node.path("sent").asInt(),
                node.path("failed").asInt(),
                node.path("slow").asInt(),
                kinds,
                node.path("coverage").asDouble(),
                node.path("largestGapMs").asDouble(),
                outages,
                node.path("outageCount").asInt(outages.size()),
                steps,
                node.path("withoutDowntime").asBoolean(),
                node.path("upperBound").asDouble(),
                node.path("sentence").asText());
    }

    private static StepView step(JsonNode node) {
        return new StepView(
                node.path("step").asText(),
                node.path("leg").asText(),
                node.path("sent").asInt(),
                node.path("failed").asInt(),
                node.path("upperBound").asDouble());
    }

    private static OutageView outage(JsonNode node) {
        return new OutageView(
                Instant.ofEpochMilli(node.path("from").asLong()),
                Instant.ofEpochMilli(node.path("to").asLong()),
                node.path("step").textValue(),
                node.path("leg").textValue(),
                node.path("shortestMs").asDouble(),
                node.path("longestMs").asDouble(),
                node.path("failed").asInt(),
                node.path("sent").asInt(),
                node.path("complete").asBoolean());
    }
}
