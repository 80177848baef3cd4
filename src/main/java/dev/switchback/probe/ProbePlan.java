package dev.switchback.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.secret.Secrets;
import dev.switchback.step.Action;
import dev.switchback.step.Cancellation;
import dev.switchback.step.StepContext;
import dev.switchback.step.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is sent, where and how often, with defaults filled in. It carries the one target it needs and the variables, so
 * that any instance can go on with it; secrets stay references. Immutable as long as the node is left alone.
 *
 * @param declared {@code probe} of the runbook
 * @param target where to; of kind http
 * @param variables of the environment
 */
public record ProbePlan(ObjectNode declared, Target target, Map<String, String> variables) {

    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    public ProbePlan {
        variables = Map.copyOf(variables);
    }

    /** What a runbook declares; empty when it declares no probe, or the environment has no such target. */
    public static Optional<ProbePlan> of(JsonNode runbook, Map<String, Target> targets, Map<String, String> variables) {
        if (!(runbook.get("probe") instanceof ObjectNode declared)) {
            return Optional.empty();
        }
        return Optional.ofNullable(targets.get(declared.path("target").asText()))
                .map(target -> new ProbePlan(declared, target, variables));
    }

    /** As it is stored. */
    public String text() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set("probe", declared);
        all.set("target", target.settings());
        ObjectNode values = all.putObject("variables");
        variables.forEach(values::put);
        return Json.text(all);
    }

    /** What {@link #text()} stored. */
    static ProbePlan stored(String text) {
        ObjectNode all = Json.object(text);
        var variables = new HashMap<String, String>();
        all.path("variables")
                .properties()
                .forEach(each -> variables.put(each.getKey(), each.getValue().asText()));
        JsonNode settings = all.path("target");
        var declared = (ObjectNode) all.get("probe");
        return new ProbePlan(
                declared,
                new Target(
                        declared.path("target").asText(), settings.path("kind").asText(), settings),
                variables);
    }

    private Action action() {
        return new Action(declared);
    }

    /** The length of a slot: each prober sends once in each. Default 100 ms, at least 10 ms. */
    public Duration every() {
        Duration stated = action().duration("every").orElse(EVERY);
        return stated.toMillis() < 10 ? Duration.ofMillis(10) : stated;
    }

    /** After how long a probe has failed. Default 1 s. */
    public Duration timeout() {
        return action().duration("timeout").orElse(TIMEOUT);
    }

    /** How many may fail before a step fails for it. Default 0. */
    public int tolerate() {
        return declared.path("tolerate").asInt(0);
    }

    /** A request that takes long, of which there is always one under way; empty when none is declared. */
    Optional<ObjectNode> slowRequest() {
        return part("slowRequest");
    }

    /** What is written and read once a second; empty when it is not declared, or not allowed to write. */
    Optional<ObjectNode> writeThenRead() {
        return part("writeThenRead").filter(part -> part.path("mayWrite").asBoolean());
    }

    private Optional<ObjectNode> part(String name) {
        return declared.get(name) instanceof ObjectNode part ? Optional.of(part) : Optional.empty();
    }

    /** One context for each input, in turn; one without inputs when none are declared. */
    List<StepContext> inputs(Secrets secrets) {
        var all = new ArrayList<StepContext>();
        declared.path("inputs").forEach(input -> {
            var values = new HashMap<>(variables);
            input.properties()
                    .forEach(each -> values.put(each.getKey(), each.getValue().asText()));
            all.add(context(values, secrets));
        });
        return all.isEmpty() ? List.of(context(variables, secrets)) : all;
    }

    /** The same with more values. */
    StepContext with(StepContext context, Map<String, String> more) {
        var values = new HashMap<>(context.variables());
        values.putAll(more);
        return context(values, context.secrets());
    }

    private StepContext context(Map<String, String> values, Secrets secrets) {
        return new StepContext(
                Map.of(target.name(), target),
                values,
                secrets,
                (stream, text) -> {},
                new Cancellation(),
                Duration.ZERO,
                "probe");
    }
}
