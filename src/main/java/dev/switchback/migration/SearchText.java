package dev.switchback.migration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a migration can be searched for: all that people wrote in it. Not the words of the file's own language
 * ({@code phase}, durations, intents), which nearly every migration has.
 *
 * @param words its words, the most telling first
 * @param places where they stand
 */
record SearchText(List<String> words, List<Place> places) {

    /** PostgreSQL takes a mebibyte of words; the rest of an uncommonly long runbook is not found by its words. */
    private static final int BYTES_OF_WORDS = 700_000;

    private static final int SIGNS_OF_PLACES = 32_000;
    private static final int SIGNS_OF_A_PLACE = 4_000;

    /** Members whose values are the file's own language or no words at all. */
    private static final Set<String> SILENT = Set.of(
            "apiVersion",
            "kind",
            "phase",
            "onFailure",
            "class",
            "better",
            "judge",
            "threshold",
            "timeout",
            "grace",
            "retryDelay",
            "for",
            "every",
            "within",
            "pause",
            "rollbackFor",
            "warmUp",
            "lockTimeout",
            "statementTimeout",
            "is");

    /** Members below which names are words of their authors, too, and values count that are not text. */
    private static final Set<String> FREE = Set.of(
            "attributes", "json", "expectJson", "headers", "parameters", "environment", "inputs", "apply", "patch");

    /** Members of lists that have a name, and what the name is called. */
    private static final Map<String, String> NAMED = Map.of(
            "steps",
            "step",
            "metrics",
            "metric",
            "settings",
            "settings",
            "plans",
            "plan",
            "checklist",
            "checklist",
            "holds",
            "hold");

    /** What the other members are called. */
    private static final Map<String, String> WORDS = Map.of(
            "today",
            "what it does today",
            "rollbackNote",
            "the rollback note",
            "expected",
            "the expected result",
            "assumptions",
            "the assumptions",
            "probe",
            "the probe",
            "links",
            "the links",
            "attributes",
            "the attributes");

    /**
     * A place in a migration.
     *
     * @param name what it is called: {@code step create-table}
     * @param text what stands there, on one line
     */
    record Place(String name, String text) {}

    /** Reads validated content. */
    static SearchText of(JsonNode content) {
        var places = new ArrayList<Place>();
        for (String first : List.of("title", "key", "service", "owner", "backup")) {
            add(places, first, content.path(first).asText());
        }
        content.properties().forEach(member -> {
            if (!Set.of("title", "key", "service", "owner", "backup").contains(member.getKey())) {
                read(places, member.getKey(), member.getValue());
            }
        });
        return new SearchText(words(places), kept(places));
    }

    private static void read(List<Place> places, String member, JsonNode value) {
        if (NAMED.containsKey(member)) {
            value.forEach(each -> readNamed(places, NAMED.get(member), each));
        } else {
            walk(places, WORDS.getOrDefault(member, member), member, value, false);
        }
    }

    private static void readNamed(List<Place> places, String kind, JsonNode each) {
        String name = kind + " " + each.path("id").asText(each.path("name").asText());
        add(places, name, name.substring(kind.length() + 1));
        each.properties().forEach(member -> {
            if (!Set.of("id", "name").contains(member.getKey())) {
                boolean undo = member.getKey().equals("rollback");
                walk(places, undo ? "the way back of " + name : name, member.getKey(), member.getValue(), false);
            }
        });
    }

    /** Everything below, names of free attributes and values that are not text included where people chose them. */
    private static void walk(List<Place> places, String name, String member, JsonNode value, boolean within) {
        boolean free = within || FREE.contains(member);
        if (!free && SILENT.contains(member)) {
            return;
        }
        if (value.isObject()) {
            value.properties().forEach(below -> {
                if (free) {
                    add(places, name, below.getKey());
                }
                walk(places, name, below.getKey(), below.getValue(), free);
            });
        } else if (value.isArray()) {
            value.forEach(below -> walk(places, name, member, below, free));
        } else if (value.isTextual() || free) {
            add(places, name, value.asText());
        }
    }

    private static void add(List<Place> places, String name, String text) {
        if (!text.isBlank()) {
            places.add(new Place(name, text));
        }
    }

    private static List<String> words(List<Place> places) {
        var words = new LinkedHashSet<String>();
        places.forEach(place -> SearchWords.collect(place.text(), words));
        var kept = new ArrayList<String>();
        int bytes = 0;
        for (String word : words) {
            bytes += 4 * word.length() + 8;
            if (bytes > BYTES_OF_WORDS) {
                break;
            }
            kept.add(word);
        }
        return List.copyOf(kept);
    }

    /** What the row of the list shows itself is not kept. */
    private static List<Place> kept(List<Place> places) {
        var kept = new ArrayList<Place>();
        int signs = 0;
        for (Place place : places) {
            if (Set.of("title", "key", "service", "owner").contains(place.name())) {
                continue;
            }
            String line = line(place.text());
            signs += place.name().length() + line.length() + 2;
            if (signs > SIGNS_OF_PLACES) {
                break;
            }
            kept.add(new Place(line(place.name()), line));
        }
        return List.copyOf(kept);
    }

    /** On one line, without what a database cannot keep. */
    private static String line(String text) {
        var line = new StringBuilder();
        text.codePoints()
                .limit(SIGNS_OF_A_PLACE)
                .map(sign -> Character.isWhitespace(sign) || Character.getType(sign) == Character.CONTROL ? ' ' : sign)
                .filter(sign -> Character.getType(sign) != Character.SURROGATE)
                .forEach(sign -> {
                    if (sign != ' ' || !line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                        line.appendCodePoint(sign);
                    }
                });
        return line.toString().strip();
    }
}
