package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What must hold between the members of a document: names are unique, and what is named exists. */
final class CrossRules {
    private static final Map<String, String> TARGET_OF_ACTION =
            Map.of("sql", "jdbc", "http", "http", "shell", "shell", "ssh", "ssh", "prometheus", "prometheus");

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private CrossRules() {}

    static void freezeEndsAfterItBegins(JsonNode freeze, Place place, Report report) {
        try {
            Instant from = Instant.parse(freeze.path("from").asText());
            if (!Instant.parse(freeze.path("to").asText()).isAfter(from)) {
                report.add(place.member("to"), "The freeze ends before it begins", "a time after “from”");
            }
        } catch (DateTimeException reportedByTheShape) {
            return;
        }
    }

    static void onlyReads(JsonNode action, Place place, Report report) {
        String request = action.path("request").asText();
        String method = request.strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
        if (!request.isBlank() && !SAFE.contains(method)) {
            report.add(place.member("request"), "A " + method + " may change something", "a GET, HEAD or OPTIONS");
        }
    }

    static void writesTestDataOnly(JsonNode probe, Place place, Report report) {
        if (probe.path("mayWrite").isBoolean() && !probe.get("mayWrite").booleanValue()) {
            report.add(
                    place.member("mayWrite"),
                    "This probe writes every second",
                    "true, when it touches test data only; otherwise leave writeThenRead out");
        }
    }

    static void identityAsksItsOwnTargets(JsonNode environment, Place place, Report report) {
        asksItsOwnTargets(environment, "identity", place, report);
        asksItsOwnTargets(environment, "load", place, report);
    }

    private static void asksItsOwnTargets(JsonNode environment, String list, Place place, Report report) {
        JsonNode targets = environment.path("targets");
        JsonNode asking = environment.path(list);
        for (int i = 0; i < asking.size(); i++) {
            Place condition = place.member(list).item(i);
            for (var member : asking.get(i).properties()) {
                String kind = TARGET_OF_ACTION.get(member.getKey());
                if (kind != null && member.getValue().path("target").isTextual()) {
                    Place named = condition.member(member.getKey()).member("target");
                    checkTarget(member.getValue().get("target").textValue(), kind, targets, named, report);
                }
            }
        }
    }

    private static void checkTarget(String name, String kind, JsonNode targets, Place place, Report report) {
        JsonNode target = targets.get(name);
        if (target == null) {
            List<String> known =
                    targets.properties().stream().map(Map.Entry::getKey).toList();
            report.add(place, "This environment has no target " + Words.quoted(name), oneOf(known, "a target of it"));
        } else if (target.path("kind").isTextual()
                && !target.get("kind").textValue().equals(kind)) {
            String found = Words.quoted(name) + " is a target of kind "
                    + target.get("kind").textValue();
            report.add(place, found, "a target of kind " + kind);
        }
    }

    static void onlyIdempotentStepsAreRetried(JsonNode step, Place place, Report report) {
        boolean retried = step.path("retries").asInt(0) > 0;
        if (retried && !step.path("idempotent").asBoolean(false)) {
            report.add(
                    place.member("retries"),
                    ObjectShape.subject(step, place) + " is retried without being idempotent",
                    "idempotent: true, or no retries");
        }
    }

    static void namesAreUnique(JsonNode migration, Place place, Report report) {
        unique(migration, place, "steps", "id", "step id", report);
        unique(migration, place, "checklist", "id", "checklist id", report);
        unique(migration, place, "metrics", "name", "metric name", report);
        unique(migration, place, "settings", "name", "name of a settings source", report);
        unique(migration, place, "plans", "name", "name of a plan", report);
        unique(migration, place, "holds", "name", "name of a hold", report);
    }

    private static void unique(
            JsonNode migration, Place place, String list, String naming, String noun, Report report) {
        Map<String, Place> seen = new HashMap<>();
        JsonNode entries = migration.path(list);
        for (int i = 0; i < entries.size() && entries.isArray(); i++) {
            JsonNode name = entries.get(i).path(naming);
            Place here = place.member(list).item(i).member(naming);
            Place first = name.isTextual() ? seen.putIfAbsent(name.textValue(), here) : null;
            if (first != null) {
                report.add(
                        here,
                        "The " + noun + " " + Words.quoted(name.textValue()) + " is used twice: " + first.path()
                                + " has it",
                        "a name of its own");
            }
        }
    }

    static void referencesExist(JsonNode migration, Place place, Report report) {
        Map<String, JsonNode> metrics = byName(migration.path("metrics"));
        for (int i = 0; i < migration.path("metrics").size(); i++) {
            Place during = place.member("metrics").item(i).member("statements").member("during");
            JsonNode statements = migration.path("metrics").path(i).path("statements");
            checkDuring(statements.path("during"), metrics, during, report);
        }
        Set<String> sources = byName(migration.path("settings")).keySet();
        for (int i = 0; i < migration.path("steps").size(); i++) {
            JsonNode step = migration.path("steps").path(i);
            Place here = place.member("steps").item(i);
            checkMeasured(step, metrics.keySet(), here, report);
            checkMeasured(step.path("rollback"), metrics.keySet(), here.member("rollback"), report);
            checkExpectedChanges(step.path("expectChanges"), sources, here.member("expectChanges"), report);
        }
    }

    private static Map<String, JsonNode> byName(JsonNode list) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        list.forEach(entry -> {
            if (entry.path("name").isTextual()) {
                found.put(entry.get("name").textValue(), entry);
            }
        });
        return found;
    }

    private static void checkDuring(JsonNode during, Map<String, JsonNode> metrics, Place place, Report report) {
        if (!during.isTextual()) {
            return;
        }
        JsonNode metric = metrics.get(during.textValue());
        if (metric == null || !metric.has("http")) {
            List<String> known = metrics.entrySet().stream()
                    .filter(entry -> entry.getValue().has("http"))
                    .map(Map.Entry::getKey)
                    .toList();
            report.add(
                    place,
                    "There is no http metric " + Words.quoted(during.textValue()),
                    oneOf(known, "an http metric"));
        }
    }

    private static void checkMeasured(JsonNode step, Set<String> metrics, Place place, Report report) {
        JsonNode named = step.path("measure").path("metrics");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < named.size(); i++) {
            String name = named.get(i).asText();
            Place here = place.member("measure").member("metrics").item(i);
            if (named.get(i).isTextual() && !metrics.contains(name)) {
                report.add(
                        here, "There is no metric " + Words.quoted(name), oneOf(metrics, "a metric of this migration"));
            } else if (!seen.add(name)) {
                report.add(here, "The metric " + Words.quoted(name) + " is named twice", "each metric once");
            }
        }
    }

    private static void checkExpectedChanges(JsonNode changes, Set<String> sources, Place place, Report report) {
        for (int i = 0; i < changes.size() && changes.isArray(); i++) {
            String setting = changes.get(i).asText();
            int dot = setting.indexOf('.');
            String source = dot < 0 ? setting : setting.substring(0, dot);
            if (changes.get(i).isTextual() && !sources.contains(source)) {
                report.add(
                        place.item(i),
                        "There is no settings source " + Words.quoted(source),
                        sources.isEmpty()
                                ? "a settings source declared under settings"
                                : "a setting such as " + sources.iterator().next() + ".name, of: "
                                        + String.join(", ", sources));
            }
        }
    }

    private static String oneOf(java.util.Collection<String> known, String otherwise) {
        return known.isEmpty() ? otherwise + " (there is none)" : "one of: " + String.join(", ", known);
    }
}
