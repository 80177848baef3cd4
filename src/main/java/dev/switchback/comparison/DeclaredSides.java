package dev.switchback.comparison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.measurement.MeasuredMetric;
import dev.switchback.measurement.Measurement;
import dev.switchback.runbook.Runbook;
import dev.switchback.verdict.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What was declared about the metrics of both sides. It counts as the revision of the side after declares it; what was
 * declared otherwise when the baseline was taken is said.
 */
final class DeclaredSides {

    private final ArrayNode metrics = JsonNodeFactory.instance.arrayNode();
    private final List<String> remarks = new ArrayList<>();

    private DeclaredSides() {}

    static DeclaredSides of(Sides sides, Map<Long, List<MeasuredMetric>> measured) {
        var declared = new DeclaredSides();
        Map<String, MeasuredMetric> before = byName(sides, Side.BEFORE, measured);
        Map<String, MeasuredMetric> after = byName(sides, Side.AFTER, measured);
        var names = new ArrayList<>(after.keySet());
        before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(names::add);
        List<String> inOrder = declaredNames(sides.newest(Side.AFTER));
        names.sort((a, b) -> Integer.compare(place(inOrder, a), place(inOrder, b)));
        names.forEach(name -> declared.add(before.get(name), after.get(name)));
        declared.missing(inOrder, names);
        declared.amounts(sides);
        declared.beside(sides);
        declared.revisions(sides);
        return declared;
    }

    private static int place(List<String> inOrder, String name) {
        int place = inOrder.indexOf(name);
        return place < 0 ? inOrder.size() : place;
    }

    private static List<String> declaredNames(Measurement measurement) {
        return Runbook.of(measurement.revision()).metrics().stream()
                .map(metric -> metric.path("name").asText())
                .toList();
    }

    /** The metrics of a side, as its newest sitting that has them declares them. */
    private static Map<String, MeasuredMetric> byName(
            Sides sides, Side side, Map<Long, List<MeasuredMetric>> measured) {
        var byName = new LinkedHashMap<String, MeasuredMetric>();
        sides.of(side)
                .forEach(measurement -> measured.getOrDefault(measurement.id(), List.of())
                        .forEach(metric -> byName.put(metric.name(), metric)));
        return byName;
    }

    /** Everything that the judge is told about the metrics. */
    ArrayNode metrics() {
        return metrics;
    }

    /** What a reader must know, one sentence each. */
    List<String> remarks() {
        return remarks;
    }

    private void add(MeasuredMetric before, MeasuredMetric after) {
        MeasuredMetric counts = after == null ? before : after;
        ObjectNode spec = counts.spec();
        ObjectNode metric = metrics.addObject();
        metric.put("name", counts.name());
        metric.put("class", counts.metricClass());
        metric.put("higherIsBetter", spec.path("better").asText().equals("higher"));
        metric.put("unit", Declared.sendsRequests(spec) || counts.unit() == null ? "" : counts.unit());
        metric.put("declared", true);
        metric.put("declaredAt", counts.declaredAt().toString());
        metric.put("imported", counts.source().equals("import"));
        ObjectNode judge = metric.putObject("judge");
        Declared.judge(spec).forEach(judge::put);
        ObjectNode thresholds = metric.putObject("thresholds");
        Declared.thresholds(spec).forEach(thresholds::put);
        Optional.ofNullable(Declared.secondsPerBlock(spec))
                .ifPresent(seconds -> metric.put("secondsPerBlock", seconds));
        if (before != null && after != null) {
            sinceTheBaseline(before, after);
        }
    }

    private void sinceTheBaseline(MeasuredMetric before, MeasuredMetric after) {
        Map<String, String> then = Declared.judge(before.spec());
        Map<String, String> now = Declared.judge(after.spec());
        var endpoints = new TreeSet<>(then.keySet());
        endpoints.addAll(now.keySet());
        List<String> moved = endpoints.stream()
                .filter(endpoint -> !now.getOrDefault(endpoint, "").equals(then.getOrDefault(endpoint, "")))
                .map(endpoint -> endpoint + " was " + then.getOrDefault(endpoint, "not looked at") + ", is "
                        + now.getOrDefault(endpoint, "not looked at"))
                .toList();
        if (!moved.isEmpty()) {
            remarks.add("What is expected of " + after.name() + " was changed after the baseline was taken: "
                    + String.join("; ", moved) + ".");
        }
        declaredTooLate(after);
    }

    /** Only samples of another tool can be older than what is said about them. */
    private void declaredTooLate(MeasuredMetric metric) {
        if (metric.startedAt() != null && metric.declaredAt().isAfter(metric.startedAt())) {
            remarks.add("The expectations of " + metric.name()
                    + " were declared after its samples were taken: it was not declared in advance.");
        }
    }

    private void missing(List<String> declared, List<String> measured) {
        List<String> missing =
                declared.stream().filter(name -> !measured.contains(name)).toList();
        if (!missing.isEmpty()) {
            remarks.add("Declared and not measured on either side: " + String.join(", ", missing) + ".");
        }
    }

    private void amounts(Sides sides) {
        if (sides.legs().stream().anyMatch(leg -> leg.measurement().amount().equals("quick"))) {
            remarks.add("Measured with the quick preset: good for a look, never enough for a gate.");
        }
    }

    /** How the version after was reached while the one before was up: the only difference that is not one. */
    private void beside(Sides sides) {
        if (sides.interleaved()) {
            remarks.add("Side by side: the blocks of both versions took turns; the version after was reached "
                    + sides.newest(Side.AFTER).besideWords() + ".");
        }
    }

    private void revisions(Sides sides) {
        String work = sides.newest(Side.AFTER).revision().workHash();
        String others = sides.legs().stream()
                .map(Sides.Leg::measurement)
                .filter(each -> !each.revision().workHash().equals(work))
                .map(each -> "" + each.revision().number())
                .distinct()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            remarks.add("The sides belong to different revisions: the newest is "
                    + sides.newest(Side.AFTER).revision().number() + ", there is also " + others + ".");
        }
    }
}
