package dev.switchback.run;

import dev.switchback.web.Labels;
import dev.switchback.web.Query;
import java.util.List;
import java.util.OptionalInt;

/**
 * A stretch of a log as a page shows it. Immutable.
 *
 * @param runId the run
 * @param part which lines a live page may append: leg and step, or empty for every line
 * @param rows the lines, in order; of a search, the lines that were found
 * @param older the address of the lines before, null when these are the first
 * @param newer the address of the lines after, null when these are the newest
 * @param plain the address of the whole as plain text
 * @param lines the address of the whole as NDJSON
 * @param place the page that shows it
 * @param search what was searched for; null when nothing was
 * @param removed that it was removed, and when; null when it is there
 */
public record LogView(
        long runId,
        String part,
        List<LogRow> rows,
        String older,
        String newer,
        String plain,
        String lines,
        Place place,
        LogSearch search,
        String removed) {

    public LogView {
        rows = List.copyOf(rows);
    }

    /**
     * The page that shows a log.
     *
     * @param path its path
     * @param leg the number of the leg that it is about; null for all
     */
    public record Place(String path, Integer leg) {

        /** Its address. */
        @Override
        public String toString() {
            return Query.of(path).with("leg", leg).toString();
        }

        /** Its address with one more parameter. */
        String with(String name, Object value) {
            return Query.of(path).with("leg", leg).with(name, value).toString();
        }
    }

    /**
     * Reads one stretch of a log.
     *
     * @param leg the leg by its word, as the API wants it; empty for every leg
     * @param place the page that shows it
     */
    record Reader(RunLog log, RunLog.Part part, String leg, Place place) {

        private static final int SHOWN = 500;
        private static final int ABOVE = 100;

        /** The newest lines. */
        LogView newest(int limit) {
            return view(log.newest(part, limit), LogWish.NEWEST);
        }

        /** What an address asks for. */
        LogView at(LogWish wish) {
            if (!wish.words().isEmpty()) {
                return found(LogSearch.in(log, part, wish.words(), wish.after()));
            }
            if (wish.from() > 0) {
                return view(log.after(part, Math.max(0, wish.from() - ABOVE - 1), SHOWN), wish);
            }
            return wish.before() == null ? newest(SHOWN) : view(log.before(part, wish.before(), SHOWN), wish);
        }

        private LogView found(LogSearch search) {
            String further = search.isOver() ? null : place.with("q", search.words()) + "&after=" + search.through();
            return view(search.hits(), null, further, search);
        }

        private LogView view(List<LogLine> found, LogWish wish) {
            long first = found.isEmpty() ? 0 : found.get(0).no();
            long last = found.isEmpty() ? 0 : found.get(found.size() - 1).no();
            boolean older = !found.isEmpty() && !log.before(part, first, 1).isEmpty();
            boolean newer = !wish.isNewest()
                    && !found.isEmpty()
                    && !log.after(part, last, 1).isEmpty();
            List<LogRow> rows = found.stream()
                    .map(LogRow::of)
                    .map(row -> row.no() >= wish.from() && row.no() <= wish.to() ? row.marked() : row)
                    .toList();
            return view(
                    rows,
                    older ? place.with("before", first) : null,
                    newer ? place.with("line", last + 1) + "#L" + (last + 1) : null,
                    null);
        }

        private LogView view(List<LogRow> rows, String older, String newer, LogSearch search) {
            String query =
                    (part.stepId() == null ? "" : "&step=" + part.stepId()) + (leg.isEmpty() ? "" : "&leg=" + leg);
            String api = "/api/v1/runs/" + part.runId() + "/log?format=";
            return new LogView(
                    part.runId(),
                    name(),
                    rows,
                    older,
                    newer,
                    api + "full" + query,
                    api + "ndjson" + query,
                    place,
                    search,
                    rows.isEmpty() ? log.removed(part.runId()).map(Reader::told).orElse(null) : null);
        }

        private static String told(RunLog.Removed removed) {
            return "The log was removed on " + Labels.full(removed.at()) + " (kept for " + removed.kept() + ").";
        }

        private String name() {
            OptionalInt legNo = part.legNo();
            return part.stepId() == null || legNo.isEmpty() ? "" : LogRow.part(legNo.getAsInt(), part.stepId());
        }
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public long first() {
        return rows.isEmpty() ? 0 : rows.get(0).no();
    }

    public long last() {
        return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).no();
    }

    /** Where a line stands among those around it. */
    public String around(LogRow row) {
        return place.with("line", row.no()) + "#L" + row.no();
    }
}
