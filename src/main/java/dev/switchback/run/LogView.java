package dev.switchback.run;

import java.util.List;
import java.util.OptionalInt;

/**
 * A stretch of a log as a page shows it. Immutable.
 *
 * @param runId the run
 * @param part which lines a live page may append: leg and step, or empty for every line
 * @param rows the lines, in order
 * @param older the address of the lines before, null when these are the first
 * @param newer the address of the lines after, null when these are the newest
 * @param plain the address of the whole as plain text
 * @param lines the address of the whole as NDJSON
 */
public record LogView(
        long runId, String part, List<LogRow> rows, String older, String newer, String plain, String lines) {

    public LogView {
        rows = List.copyOf(rows);
    }

    /**
     * Reads one stretch of a log.
     *
     * @param leg the leg by its word, as the API wants it; empty for every leg
     * @param address the page that shows it
     */
    record Reader(RunLog log, RunLog.Part part, String leg, String address) {

        private static final int SHOWN = 500;
        private static final int ABOVE = 100;

        /** The newest lines. */
        LogView newest(int limit) {
            return view(log.newest(part, limit), false);
        }

        /** What the query string asks for: before a line, from a line on, or the newest. */
        LogView at(Long before, Long line) {
            if (line != null) {
                return view(log.after(part, line - ABOVE - 1, SHOWN), true);
            }
            return before != null ? view(log.before(part, before, SHOWN), true) : newest(SHOWN);
        }

        private LogView view(List<LogLine> found, boolean mayHaveNewer) {
            long first = found.isEmpty() ? 0 : found.get(0).no();
            long last = found.isEmpty() ? 0 : found.get(found.size() - 1).no();
            boolean older = !found.isEmpty() && !log.before(part, first, 1).isEmpty();
            boolean newer = mayHaveNewer
                    && !found.isEmpty()
                    && !log.after(part, last, 1).isEmpty();
            String query =
                    (part.stepId() == null ? "" : "&step=" + part.stepId()) + (leg.isEmpty() ? "" : "&leg=" + leg);
            String api = "/api/v1/runs/" + part.runId() + "/log?format=";
            return new LogView(
                    part.runId(),
                    name(),
                    LogRow.of(found),
                    older ? with("before=" + first) : null,
                    newer ? with("line=" + (last + 1)) : null,
                    api + "full" + query,
                    api + "ndjson" + query);
        }

        private String name() {
            OptionalInt legNo = part.legNo();
            return part.stepId() == null || legNo.isEmpty() ? "" : LogRow.part(legNo.getAsInt(), part.stepId());
        }

        private String with(String parameter) {
            return address + (address.contains("?") ? "&" : "?") + parameter;
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
}
