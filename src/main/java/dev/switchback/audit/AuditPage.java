package dev.switchback.audit;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of the trail.
 *
 * @param asked what is looked for, as it was typed; nothing is null
 * @param rows what was found
 * @param next the link to what follows, or null
 * @param csv the link to all of it as a table
 * @param lines the link to all of it as JSON lines
 * @param drops the filters, each with the address without it
 * @param chain whether the chain is whole, or null when that is not for the reader or nobody looked yet
 * @param atBegin whether this is the first page
 */
public record AuditPage(
        TrailQuery.Typed asked,
        List<Row> rows,
        String next,
        String csv,
        String lines,
        List<Drop> drops,
        ChainReport chain,
        boolean atBegin) {

    /** A filter that can be dropped. */
    public record Drop(String words, String href) {}

    /**
     * An entry.
     *
     * @param at when
     * @param actor who
     * @param via how and from where, in one phrase
     * @param verb what they did
     * @param action the same as it is written
     * @param object to what
     * @param href where that can be looked at, or null
     * @param place the service and environment, or empty
     * @param before how it was, or null
     * @param after how it is since then, or null
     * @param note why, or null
     * @param system whether nobody asked for it
     */
    public record Row(
            Instant at,
            String actor,
            String via,
            String verb,
            String action,
            String object,
            String href,
            String place,
            String before,
            String after,
            String note,
            boolean system) {

        static Row of(TrailEntry entry) {
            return new Row(
                    entry.at(),
                    Plain.text(entry.actor()),
                    via(entry),
                    Wording.verb(entry),
                    entry.action(),
                    Wording.object(entry),
                    Wording.href(entry),
                    Stream.of(entry.service(), entry.environment())
                            .filter(each -> each != null)
                            .map(Plain::text)
                            .collect(Collectors.joining(", ")),
                    Plain.text(entry.before()),
                    Plain.text(entry.after()),
                    Plain.text(entry.note()),
                    entry.means().equals("system"));
        }

        private static String via(TrailEntry entry) {
            String how = entry.token() == null ? entry.means() : "token " + entry.token();
            return Plain.text(entry.address() == null ? how : how + ", " + entry.address());
        }

        /** Whether anything is said of how it was or is. */
        public boolean isChange() {
            return before != null || after != null;
        }
    }

    /** Whether anything narrows the list. */
    public boolean isFiltered() {
        return !drops.isEmpty();
    }

    /** What stands behind the sign. */
    public String count() {
        return chain.whole()
                ? String.format(Locale.ROOT, "%,d %s", chain.entries(), chain.entries() == 1 ? "entry" : "entries")
                : chain.sentence();
    }
}
