package dev.switchback.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.step.Target;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the file says about an environment, read. Immutable.
 *
 * @param tree the validated content
 */
public record EnvironmentContent(ObjectNode tree) {

    /** The content that was stored as this text. */
    public static EnvironmentContent of(String stored) {
        return new EnvironmentContent(Json.object(stored));
    }

    public String key() {
        return tree.path("key").asText();
    }

    public String name() {
        return tree.path("name").asText();
    }

    public Tier tier() {
        return Tier.of(tree.path("tier").asText());
    }

    public Optional<String> owner() {
        return Optional.ofNullable(tree.path("owner").asText(null));
    }

    /** The names of the people and the keys of the teams who alone may edit it, besides admins; empty for all who may. */
    public List<String> editors() {
        var editors = new ArrayList<String>();
        tree.path("editors").forEach(each -> editors.add(each.asText()));
        return editors;
    }

    /** The targets by name, in the order of the file; secrets are still references. */
    public Map<String, Target> targets() {
        var targets = new LinkedHashMap<String, Target>();
        tree.path("targets")
                .properties()
                .forEach(entry -> targets.put(
                        entry.getKey(),
                        new Target(entry.getKey(), entry.getValue().path("kind").asText(), entry.getValue())));
        return targets;
    }

    public Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        tree.path("variables")
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
        return variables;
    }

    /** The conditions that prove that this is the place it says it is. */
    public List<JsonNode> identity() {
        var conditions = new ArrayList<JsonNode>();
        tree.path("identity").forEach(conditions::add);
        return conditions;
    }

    /** What tells how much the service has to do besides what is measured: {@code {name, prometheus | sql, share}}. */
    public List<JsonNode> load() {
        var load = new ArrayList<JsonNode>();
        tree.path("load").forEach(load::add);
        return load;
    }

    /** Whether a run does the same in both: the same targets, variables and proof of the place. */
    public boolean actsAs(EnvironmentContent other) {
        return Stream.of("targets", "variables", "identity")
                .allMatch(member -> tree.path(member).equals(other.tree().path(member)));
    }

    /** Which gates it demands beyond or short of what its tier does; {@code approvals} is a number. */
    public JsonNode gates() {
        return tree.path("gates");
    }

    /** Times in which no live run may start. */
    public List<Freeze> freezes() {
        var freezes = new ArrayList<Freeze>();
        tree.path("freezes")
                .forEach(freeze -> freezes.add(new Freeze(
                        instant(freeze.path("from")),
                        instant(freeze.path("to")),
                        freeze.path("reason").asText(""))));
        return freezes;
    }

    /** The freeze that holds at this moment and ends last, if any. */
    public Optional<Freeze> frozenAt(Instant now) {
        return openTimes().frozenAt(now);
    }

    /** When live runs are allowed; none means always. */
    public List<Window> windows() {
        var windows = new ArrayList<Window>();
        tree.path("windows").forEach(window -> windows.add(Window.of(window)));
        return windows;
    }

    /** Its windows and freezes together. */
    public OpenTimes openTimes() {
        return new OpenTimes(windows(), freezes());
    }

    /** Whether one of its windows is open, whatever is frozen; true without windows. */
    public boolean openAt(Instant moment) {
        return openTimes().inWindow(moment);
    }

    /** The first moment, this one included, within a window and outside every freeze; empty when none is in sight. */
    public Optional<Instant> nextOpening(Instant moment) {
        return openTimes().opensFrom(moment);
    }

    private static Instant instant(JsonNode node) {
        return OffsetDateTime.parse(node.asText()).toInstant();
    }

    /** A time in which nothing may be changed, the end excluded. */
    public record Freeze(Instant from, Instant to, String reason) {
        /** Whether it holds at this moment. */
        public boolean holdsAt(Instant now) {
            return !now.isBefore(from) && now.isBefore(to);
        }
    }
}
