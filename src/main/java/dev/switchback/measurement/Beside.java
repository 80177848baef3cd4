package dev.switchback.measurement;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.problem.Violation;
import dev.switchback.sampling.Amount;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.sampling.SourceKind;
import dev.switchback.step.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How the version after the change is reached while the one before it is still up: at another target, by more headers, or
 * both. Immutable.
 *
 * @param target the name of a target of kind http; null for the target of the metric
 * @param headers sent besides those of the metric; values may be {@code secret:NAME}
 */
public record Beside(String target, Map<String, String> headers) {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{1,1000}");

    public Beside {
        target = target == null || target.isBlank() ? null : target.strip();
        headers = headers == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** Everything that is wrong with it, for these metrics in this environment. */
    List<Violation> wrong(List<MetricPlan> plans, EnvironmentContent place) {
        var wrong = new ArrayList<Violation>();
        if (target == null && headers.isEmpty()) {
            wrong.add(Violation.of(
                    "beside", "It is not said how the version after is reached", "a target, or headers, of it"));
        }
        if (target != null) {
            wrongTarget(place, wrong);
        }
        headers.forEach((name, value) -> {
            if (!HEADER.matcher(name).matches()
                    || value == null
                    || !VALUE.matcher(value).matches()) {
                wrong.add(Violation.of(
                        "beside.headers",
                        "“" + name + "” is no header that can be sent",
                        "a name and a text in one line"));
            }
        });
        plans.stream()
                .filter(plan -> plan.source() != SourceKind.HTTP)
                .forEach(plan -> wrong.add(Violation.of(
                        "metrics",
                        plan.name() + " sends no requests of its own, so it cannot take turns",
                        "http metrics only: name them in metrics")));
        return wrong;
    }

    private void wrongTarget(EnvironmentContent place, List<Violation> wrong) {
        Target there = place.targets().get(target);
        if (there == null || !there.kind().equals("http")) {
            wrong.add(Violation.of(
                    "beside.target",
                    there == null
                            ? place.key() + " has no target \"" + target + "\""
                            : "The target \"" + target + "\" is of kind " + there.kind(),
                    "a target of kind http; there are: "
                            + String.join(", ", place.targets().keySet())));
        }
    }

    /** What is sent to the version after. */
    MetricPlan of(MetricPlan plan) {
        ObjectNode spec = plan.spec().deepCopy();
        ObjectNode http = (ObjectNode) spec.get(SourceKind.HTTP.key());
        if (target != null) {
            http.put("target", target);
        }
        if (!headers.isEmpty()) {
            ObjectNode all =
                    http.path("headers").isObject() ? (ObjectNode) http.get("headers") : http.putObject("headers");
            headers.forEach(all::put);
        }
        return MetricPlan.of(spec, Amount.FULL);
    }

    /** As it is kept with the measurement. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (target != null) {
            json.put("target", target);
        }
        if (!headers.isEmpty()) {
            ObjectNode all = json.putObject("headers");
            headers.forEach(all::put);
        }
        return json;
    }

    /** In a few words: {@code at web-new, with the header X-Version}; values of headers are not said. */
    static String words(ObjectNode kept) {
        var parts = new ArrayList<String>();
        if (kept.has("target")) {
            parts.add("at " + kept.get("target").asText());
        }
        if (kept.has("headers")) {
            parts.add("with the header "
                    + String.join(
                            ", ",
                            kept.get("headers").properties().stream()
                                    .map(Map.Entry::getKey)
                                    .toList()));
        }
        return String.join(", ", parts);
    }
}
