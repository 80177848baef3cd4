package dev.switchback.edit;

import dev.switchback.problem.Problem;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the buttons of a form do to what is typed, before anything is saved: add, copy, move, remove, open, fold. Nothing
 * else changes.
 */
final class FormMoves {
    /** The kind that a new entry is to be, beside the button that adds it. */
    static final String ADD = "~add";

    private static final Pattern WHERE = Pattern.compile("[a-zA-Z0-9.\\[\\]~]{1,200}");
    private static final List<String> NAMING = List.of(".id", ".name", Fields.NAME);
    private static final int LONGEST_ID = 48;

    private final Fields fields;

    private FormMoves(Fields fields) {
        this.fields = fields;
    }

    /** Does what a button says: a verb, a space, and the field it is about. An unknown verb changes nothing. */
    static void apply(Fields fields, String button) {
        String[] words = button.split(" ", 2);
        if (words.length == 2 && WHERE.matcher(words[1]).matches()) {
            new FormMoves(fields).apply(words[0], words[1]);
            List.copyOf(fields.all().keySet()).stream()
                    .filter(name -> name.endsWith(Fields.KIND))
                    .forEach(kind -> takeOverTarget(fields, kind.substring(0, kind.length() - Fields.KIND.length())));
        }
        List.copyOf(fields.all().keySet()).stream()
                .filter(name -> name.endsWith(ADD))
                .forEach(fields::remove);
    }

    /**
     * What is new in a step begins with the target of the step itself, and a new step with that of the last step of its
     * kind. Who has emptied the field keeps it empty.
     */
    private static void takeOverTarget(Fields fields, String thing) {
        String target = "." + fields.text(thing + Fields.KIND) + ".target";
        int step = thing.indexOf(']') + 1;
        if (!thing.startsWith("steps[") || step == 0 || fields.has(thing + target)) {
            return;
        }
        String known = thing.length() > step
                ? fields.text(thing.substring(0, step) + target)
                : fields.entries("steps").stream()
                        .map(number -> Meant.entry("steps", number))
                        .filter(other -> !other.equals(thing))
                        .map(other -> fields.text(other + target))
                        .filter(text -> !text.isBlank())
                        .reduce("", (first, last) -> last);
        if (!known.isBlank()) {
            fields.put(thing + target, known);
        }
    }

    private void apply(String verb, String where) {
        switch (verb) {
            case "open" -> fields.remove(where + Fields.CLOSED);
            case "close" -> close(where);
            case "add" -> add(where);
            case "copy" -> copy(where);
            case "up" -> swap(where, -1);
            case "down" -> swap(where, 1);
            case "remove" -> fields.take(where);
            default -> {}
        }
    }

    private void close(String entry) {
        if (!fields.inside(entry).isEmpty()) {
            fields.put(entry + Fields.CLOSED, "yes");
        }
    }

    private void add(String list) {
        List<Integer> numbers = fields.entries(list);
        String entry = Meant.entry(list, numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1) + 1);
        fields.put(entry + Fields.KIND, fields.text(list + ADD));
        if (list.equals("steps")) {
            String before = numbers.isEmpty() ? "" : Meant.entry(list, numbers.get(numbers.size() - 1));
            fields.put(entry + ".phase", numbers.isEmpty() ? "prepare" : fields.text(before + ".phase"));
        }
    }

    private void copy(String entry) {
        String list = list(entry);
        List<Integer> numbers = fields.entries(list);
        int number = number(entry);
        for (int i = numbers.size() - 1; i >= 0 && numbers.get(i) > number; i--) {
            fields.place(Meant.entry(list, numbers.get(i) + 1), fields.take(Meant.entry(list, numbers.get(i))));
        }
        String copy = Meant.entry(list, number + 1);
        fields.place(copy, fields.inside(entry));
        fields.remove(copy + Fields.CLOSED);
        for (String naming : NAMING) {
            if (!fields.text(copy + naming).isBlank()) {
                fields.put(copy + naming, unused(fields.text(copy + naming), names(list, naming)));
            }
        }
    }

    private void swap(String entry, int direction) {
        List<Integer> numbers = fields.entries(list(entry));
        int other = numbers.indexOf(number(entry)) + direction;
        if (numbers.contains(number(entry)) && other >= 0 && other < numbers.size()) {
            String neighbour = Meant.entry(list(entry), numbers.get(other));
            var mine = fields.take(entry);
            fields.place(entry, fields.take(neighbour));
            fields.place(neighbour, mine);
        }
    }

    private static String list(String entry) {
        if (!entry.endsWith("]") || entry.indexOf('[') < 0) {
            throw Problem.syntax("There is no entry " + entry, "a button of the form")
                    .toException();
        }
        return entry.substring(0, entry.lastIndexOf('['));
    }

    private static int number(String entry) {
        try {
            return Integer.parseInt(entry.substring(entry.lastIndexOf('[') + 1, entry.length() - 1));
        } catch (NumberFormatException e) {
            throw Problem.syntax("There is no entry " + entry, "a button of the form")
                    .toException();
        }
    }

    private Set<String> names(String list, String naming) {
        var names = new HashSet<String>();
        fields.entries(list).forEach(number -> names.add(fields.text(Meant.entry(list, number) + naming)));
        return names;
    }

    private static String unused(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** Fills ids and the key that were left empty from what stands in the title. */
    static void nameTheNameless(Fields fields, boolean isNew) {
        FormMoves moves = new FormMoves(fields);
        for (String list : List.of("steps", "checklist")) {
            for (int number : fields.entries(list)) {
                moves.name(Meant.entry(list, number), list);
            }
        }
        String title = fields.text("title").isBlank() ? fields.text("name") : fields.text("title");
        if (isNew && fields.text("key").isBlank() && !title.isBlank()) {
            fields.put("key", slug(title));
        }
    }

    private void name(String entry, String list) {
        String title = fields.text(entry + ".title");
        if (fields.text(entry + ".id").isBlank() && !slug(title).isEmpty()) {
            fields.put(entry + ".id", unused(slug(title), names(list, ".id")));
        }
    }

    /** A key made from a title: small letters, digits and hyphens, at most 48 characters. */
    static String slug(String title) {
        String plain = Normalizer.normalize(title, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        if (plain.length() <= LONGEST_ID) {
            return plain;
        }
        String cut = plain.substring(0, LONGEST_ID + 1);
        int word = cut.lastIndexOf('-');
        return word > 0 ? cut.substring(0, word) : cut.substring(0, LONGEST_ID);
    }

    /** The five items with which a migration made in the form starts (CONTRACT.md section 2). */
    static Fields ofNewMigration() {
        Fields fields = new Fields();
        fields.put("onFailure", "ask");
        List<List<String>> items = List.of(
                List.of("review-query-plans", "Review query plans", "plan"),
                List.of("add-indexes-carefully", "Add indexes carefully", "run"),
                List.of("realistic-data", "Test with realistic data", "data"),
                List.of("compare-metrics", "Compare before and after metrics", "comparison"),
                List.of("document", "Document the migration", "note"));
        for (int i = 0; i < items.size(); i++) {
            String entry = Meant.entry("checklist", i);
            fields.put(entry + ".id", items.get(i).get(0));
            fields.put(entry + ".title", items.get(i).get(1));
            fields.put(entry + ".evidence", items.get(i).get(2));
        }
        return fields;
    }

    /** Whether a button means more than laying out the form anew. */
    static boolean isMove(String button) {
        return !Arrays.asList("save", "check", "file", "").contains(button);
    }
}
