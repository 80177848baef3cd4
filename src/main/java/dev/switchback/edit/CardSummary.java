package dev.switchback.edit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The line that tells a folded card: what it is called, what it does and where, and what undoes it. */
final class CardSummary {
    private static final int SHORT = 44;
    private static final List<String> SAYING = List.of(
            "command",
            "script",
            "request",
            "statements[0]",
            "query",
            "delete",
            "instructions",
            "for",
            "path",
            "during");

    private final Fields fields;
    private final String card;

    private CardSummary(Fields fields, String card) {
        this.fields = fields;
        this.card = card;
    }

    static String title(Fields fields, String card) {
        return Stream.of(".title", ".name", Fields.NAME, ".id")
                .map(end -> fields.text(card + end))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    static String of(Fields fields, String card) {
        CardSummary summary = new CardSummary(fields, card);
        return Stream.of(summary.does(card), summary.undone())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private String does(String thing) {
        String kind = fields.text(thing + Fields.KIND);
        String action = kind.equals("check")
                ? thing + ".check." + fields.text(thing + ".check" + Fields.KIND)
                : thing + "." + kind;
        String where = Stream.of(action + ".target", thing + ".target")
                .map(fields::text)
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(text -> " on " + text)
                .orElse("");
        return (kind + where + says(action)).strip();
    }

    private String says(String action) {
        return Stream.concat(
                        Stream.of(card + ".url", card + ".query"),
                        SAYING.stream().map(name -> action + "." + name))
                .map(fields::text)
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(text -> ": " + cut(text.strip()))
                .orElse("");
    }

    private static String cut(String text) {
        String first = text.lines().findFirst().orElse("");
        return first.length() > SHORT ? first.substring(0, SHORT) + "…" : first;
    }

    private String undone() {
        if (!card.startsWith("steps[")) {
            return "";
        }
        if (!fields.text(card + ".rollback" + Fields.KIND).isEmpty()) {
            return "undone by " + does(card + ".rollback");
        }
        if (!fields.text(card + ".irreversible").isBlank()) {
            return "cannot be undone";
        }
        return fields.text(card + ".noRollback").isBlank() ? "" : "nothing to undo";
    }
}
