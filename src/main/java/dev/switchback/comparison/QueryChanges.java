package dev.switchback.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.web.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which statements of a database are new, gone, called more or less often, counted by {@code pg_stat_statements}.
 *
 * @param metric the metric that counted them
 * @param title how many of each kind
 * @param rows those that changed, the new ones first
 */
public record QueryChanges(String metric, String title, List<Row> rows) {

    private static final double NOTHING = 0.005;
    private static final double MATTERS = 0.05;
    private static final double OFTEN = 1.1;

    /** What happened to a statement, in the order of the page. */
    public enum Kind {
        NEW(new Mark("up", "New", "s-wait", false)),
        GONE(new Mark("down", "Gone", "s-ok", false)),
        MORE(new Mark("up", "More often", "s-wait", false)),
        FEWER(new Mark("down", "Less often", "s-ok", false)),
        SAME(new Mark("same", "As before", "s-idle", false));

        private final Mark mark;

        Kind(Mark mark) {
            this.mark = mark;
        }
    }

    /**
     * A statement.
     *
     * @param before calls a request
     * @param after calls a request
     */
    public record Row(Kind kind, String text, String before, String after, double size) {
        /** How that looks. */
        public Mark mark() {
            return kind.mark;
        }
    }

    /** From the counters of both sides, as they were noticed. */
    static QueryChanges of(String metric, JsonNode before, JsonNode after) {
        Map<String, Double> was = perRequest(before);
        Map<String, Double> is = perRequest(after);
        var texts = new TreeSet<>(was.keySet());
        texts.addAll(is.keySet());
        var all = new ArrayList<Row>();
        texts.forEach(text -> all.add(row(text, was.getOrDefault(text, 0.0), is.getOrDefault(text, 0.0))));
        all.sort(Comparator.comparing(Row::kind).thenComparing(Row::size, Comparator.reverseOrder()));
        return new QueryChanges(
                metric,
                title(all),
                all.stream().filter(row -> row.kind() != Kind.SAME).limit(100).toList());
    }

    private static Map<String, Double> perRequest(JsonNode counters) {
        var calls = new LinkedHashMap<String, Double>();
        double requests = Math.max(1, counters.path("requests").asDouble());
        counters.path("statements")
                .forEach(each -> calls.merge(
                        each.path("text").asText(),
                        Math.max(
                                        0,
                                        each.path("calls").asDouble()
                                                - each.path("idleCalls").asDouble())
                                / requests,
                        Double::sum));
        return calls;
    }

    private static Row row(String text, double before, double after) {
        return new Row(kind(before, after), text, Amounts.plain(before), Amounts.plain(after), Math.max(before, after));
    }

    private static Kind kind(double before, double after) {
        if (before < NOTHING && after < NOTHING || Math.abs(after - before) < NOTHING) {
            return Kind.SAME;
        }
        if (before < NOTHING || after < NOTHING) {
            return before < NOTHING ? Kind.NEW : Kind.GONE;
        }
        boolean alike = Math.max(before, after) < OFTEN * Math.min(before, after) || Math.abs(after - before) < MATTERS;
        return alike ? Kind.SAME : after > before ? Kind.MORE : Kind.FEWER;
    }

    private static String title(List<Row> all) {
        return Stream.of(Kind.values())
                .map(kind -> all.stream().filter(row -> row.kind() == kind).count() + " "
                        + kind.mark.word().toLowerCase(java.util.Locale.ROOT))
                .filter(words -> !words.startsWith("0 "))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }
}
