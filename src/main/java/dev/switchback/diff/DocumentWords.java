package dev.switchback.diff;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What people call the members of the runbook file. */
final class DocumentWords {

    /** The parts in the order in which they are read. */
    static final List<String> PARTS = List.of(
            "name",
            "tier",
            "title",
            "service",
            "owner",
            "backup",
            "today",
            "expected",
            "rollbackNote",
            "rollbackFor",
            "assumptions",
            "steps",
            "onFailure",
            "approvals",
            "checklist",
            "metrics",
            "probe",
            "settings",
            "plans",
            "realisticData",
            "holds",
            "editors",
            "variables",
            "targets",
            "identity",
            "load",
            "freezes",
            "windows",
            "gates",
            "difficulty",
            "stack",
            "tools",
            "links",
            "attributes");

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("today", "What the system does today"),
            Map.entry("expected", "Expected result"),
            Map.entry("rollbackNote", "Rollback note"),
            Map.entry("rollbackFor", "Rolls back by itself for"),
            Map.entry("backup", "Stands in"),
            Map.entry("onFailure", "If a step fails"),
            Map.entry("settings", "Settings to read"),
            Map.entry("plans", "Query plans"),
            Map.entry("realisticData", "Realistic data"),
            Map.entry("holds", "Must stay true throughout"),
            Map.entry("editors", "Who may edit it"),
            Map.entry("identity", "Proof that it is this place"),
            Map.entry("load", "What else it has to do"),
            Map.entry("windows", "Windows for live runs"),
            Map.entry("slow", "what is slow or fails"),
            Map.entry("noticed", "where people notice"),
            Map.entry("rollback", "undone by"),
            Map.entry("noRollback", "nothing to undo, because"),
            Map.entry("irreversible", "cannot be undone, because"),
            Map.entry("appliedWhen", "did it happen"),
            Map.entry("needs", "what the way back needs"),
            Map.entry("idempotent", "may be repeated"),
            Map.entry("sql", "SQL"),
            Map.entry("http", "HTTP"),
            Map.entry("ssh", "SSH"),
            Map.entry("json", "JSON"),
            Map.entry("url", "address"),
            Map.entry("expectJson", "expect JSON"));

    private static final Set<String> NAMES_ITS_MEMBERS = Set.of(
            "headers",
            "parameters",
            "variables",
            "environment",
            "inputs",
            "json",
            "expectJson",
            "attributes",
            "apply",
            "patch");

    private DocumentWords() {}

    /** {@code expectStatus} becomes {@code expect status}. */
    static String of(String member) {
        return WORDS.getOrDefault(
                member, member.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT));
    }

    /** The heading of a part. */
    static String heading(String part) {
        return sentence(of(part));
    }

    /** As a sentence begins. */
    static String sentence(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    static boolean namesItsMembers(String member) {
        return NAMES_ITS_MEMBERS.contains(member);
    }

    /** The word for one entry of a part whose entries have names: {@code step}. */
    static String entry(String part) {
        return switch (part) {
            case "checklist" -> "checklist item";
            case "settings" -> "settings source";
            case "plans" -> "query plan";
            default -> part.endsWith("s") ? part.substring(0, part.length() - 1) : part + " entry";
        };
    }
}
