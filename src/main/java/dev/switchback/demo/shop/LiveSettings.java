package dev.switchback.demo.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The settings in use and the flag that says where they come from. Switching reads the other source completely first and
 * then replaces everything at once: a request under way keeps the settings it began with, and a source that cannot be
 * read changes nothing. Safe for use by several threads.
 */
final class LiveSettings {

    /** Where settings can come from. */
    enum From {
        FILE,
        TABLE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static From of(String word) {
            for (From from : values()) {
                if (from.word().equals(word)) {
                    return from;
                }
            }
            throw new IllegalArgumentException("read_from is \"" + word + "\", expected file or table");
        }
    }

    /** One consistent view. */
    record Current(From from, Settings settings) {}

    private final SettingsSource file;
    private final SettingsTable table;
    private final Flags flags;
    private volatile Current current;

    LiveSettings(SettingsSource file, SettingsTable table, Flags flags) {
        this.file = file;
        this.table = table;
        this.flags = flags;
        this.current = load(flags.readFrom());
    }

    Current current() {
        return current;
    }

    /** Reads from there from now on, also after a restart. */
    synchronized Current readFrom(From from) {
        Current loaded = load(from);
        flags.readFrom(from);
        current = loaded;
        return loaded;
    }

    /** Takes over what was changed in the present source. */
    synchronized Current reload() {
        current = load(current.from());
        return current;
    }

    /** Copies what the file says into the table and answers how many settings that were. */
    int copyFileToTable() {
        Settings readable = load(From.FILE).settings();
        table.replace(readable.values());
        return readable.values().size();
    }

    /** Which settings the two sources disagree about, by name: values may be secret. */
    Comparison compare() {
        Map<String, String> left = file.read();
        Map<String, String> right = table.read();
        var names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        var different = new ArrayList<String>();
        for (String name : names) {
            if (!left.getOrDefault(name, "").equals(right.getOrDefault(name, ""))) {
                different.add(name);
            }
        }
        return new Comparison(different.isEmpty(), left.size(), right.size(), different);
    }

    /** The answer to "may the table replace the file?". */
    record Comparison(boolean same, int inFile, int inTable, List<String> different) {}

    private Current load(From from) {
        SettingsSource source = from == From.FILE ? file : table;
        return new Current(from, Settings.of(source.read()));
    }
}
