package dev.switchback.audit;

import dev.switchback.audit.Batch.Leaf;
import dev.switchback.audit.ChainReport.Finding;
import dev.switchback.audit.ChainReport.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the whole trail once, in order, and compares every entry with the batch that sealed it, every batch with the one
 * before, the end with what the database and this machine remember of it. Holds one batch in memory. Used once.
 */
final class VerifyChain {

    private static final int TOLD = 100;
    private static final int FETCHED = 500;

    private final Connection connection;
    private final Optional<Chain.Key> key;
    private final Function<String, Optional<Anchor.Seen>> anchors;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Long, String> seenHashes = new HashMap<>();
    private long more;
    private long entries;
    private long unsealed;
    private long batches;
    private long keyed;
    private long otherKeys;
    private Batch last;
    private TrailEntry present;

    private record Checkpoint(long number, String hash, long lastEntry, long entries, Instant at) {}

    /**
     * @param connection is used alone meanwhile, and left as it was
     * @param key of the configuration, if there is one
     * @param anchors what this machine saw last of the chain with a name
     */
    VerifyChain(Connection connection, Optional<Chain.Key> key, Function<String, Optional<Anchor.Seen>> anchors) {
        this.connection = connection;
        this.key = key;
        this.anchors = anchors;
    }

    /** Verifies all of it, as it is at one moment. */
    ChainReport verify(Instant now) throws SQLException {
        int isolation = connection.getTransactionIsolation();
        connection.setAutoCommit(false);
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return verifyOneMoment(now);
        } finally {
            connection.rollback();
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(true);
        }
    }

    private ChainReport verifyOneMoment(Instant now) throws SQLException {
        SealBatches.End end = SealBatches.end(connection);
        Optional<Anchor.Seen> anchor = anchors.apply(end.chain());
        Optional<Checkpoint> removed = checkpoint();
        try (PreparedStatement batchRows = streaming("SELECT " + Batch.COLUMNS + " FROM audit_batch ORDER BY number");
                PreparedStatement entryRows =
                        streaming("SELECT " + TrailEntry.COLUMNS + " FROM audit_entry e ORDER BY e.id");
                ResultSet batch = batchRows.executeQuery();
                ResultSet entry = entryRows.executeQuery()) {
            next(entry);
            long expected = removed.map(Checkpoint::number).orElse(0L) + 1;
            String previous = removed.map(Checkpoint::hash).orElse(Chain.beginning(end.chain()));
            while (batch.next()) {
                Batch each = Batch.read(batch);
                anchor.filter(seen -> seen.number() == each.number()).ifPresent(seen -> compare(each, seen));
                link(each, expected, previous);
                compare(each, entry);
                expected = each.number() + 1;
                previous = each.hash();
                last = each;
                batches++;
            }
            rest(entry);
            compareEnd(end, expected, removed);
            anchor.ifPresent(seen -> compareWithAnchor(seen, removed));
        }
        return report(removed, now);
    }

    private PreparedStatement streaming(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(FETCHED);
        return statement;
    }

    private Optional<Checkpoint> checkpoint() throws SQLException {
        String sql = "SELECT number, hash, last_entry, (SELECT sum(entries) FROM audit_checkpoint)::bigint, removed_at"
                + " FROM audit_checkpoint ORDER BY number DESC LIMIT 1";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Checkpoint(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getObject(5, OffsetDateTime.class).toInstant()))
                    : Optional.empty();
        }
    }

    private void next(ResultSet entry) throws SQLException {
        present = entry.next() ? TrailEntry.read(entry) : null;
        if (present != null) {
            entries++;
        }
    }

    /** The batch and the one before. */
    private void link(Batch batch, long expected, String previous) {
        if (batch.number() > expected) {
            missing(expected, batch.number() - 1);
        } else if (!batch.previous().equals(previous)) {
            tell(
                    Kind.BATCH_CHANGED,
                    batch.number(),
                    null,
                    "Batch " + batch.number() + " does not stand on batch " + (batch.number() - 1)
                            + ": one of the two was changed");
        }
        if (!batch.isIntact()) {
            tell(
                    Kind.BATCH_CHANGED,
                    batch.number(),
                    null,
                    "Batch " + batch.number() + " was changed: its hash is not that of what it holds");
        }
        seal(batch);
    }

    private void seal(Batch batch) {
        if (batch.seal() == null) {
            if (keyed > 0 && key.isPresent()) {
                tell(
                        Kind.SEAL_WRONG,
                        batch.number(),
                        null,
                        "Batch " + batch.number() + " is not sealed with a key, but one before it is");
            }
        } else if (key.isEmpty() || !key.get().id().equals(batch.sealKey())) {
            otherKeys++;
        } else {
            keyed++;
            if (!key.get().of(batch.hash()).equals(batch.seal())) {
                tell(
                        Kind.SEAL_WRONG,
                        batch.number(),
                        null,
                        "The seal of batch " + batch.number() + " was not made with the key");
            }
        }
    }

    private void missing(long from, long to) {
        String which = from == to ? "Batch " + from + " is" : "Batches " + from + " to " + to + " are";
        tell(Kind.BATCH_REMOVED, from, null, which + " missing: removed, and not by retention");
    }

    /** The entries and the batch that sealed them. */
    private void compare(Batch batch, ResultSet entry) throws SQLException {
        var changed = new HashMap<Leaf, TrailEntry>();
        for (Leaf leaf : batch.parts()) {
            while (present != null && present.id() < leaf.entry()) {
                inserted(present);
                next(entry);
            }
            if (present == null || present.id() > leaf.entry()) {
                tell(
                        Kind.ENTRY_REMOVED,
                        batch.number(),
                        leaf.entry(),
                        "Entry " + leaf.entry() + " of batch " + batch.number() + " was removed");
                continue;
            }
            if (!present.hash().equals(leaf.hash())) {
                changed.put(leaf, present);
            }
            next(entry);
        }
        changed.keySet().stream()
                .sorted(java.util.Comparator.comparingLong(Leaf::entry))
                .forEach(leaf -> changed(batch, leaf, changed));
    }

    private void inserted(TrailEntry entry) {
        tell(
                Kind.ENTRY_INSERTED,
                null,
                entry.id(),
                "Entry " + entry.id() + " was inserted: what was sealed around it does not know it");
    }

    /** Not what was sealed: is it what was sealed under another number, or is it something new? */
    private void changed(Batch batch, Leaf leaf, Map<Leaf, TrailEntry> changed) {
        TrailEntry entry = changed.get(leaf);
        Optional<Leaf> home = changed.size() > TOLD
                ? Optional.empty()
                : changed.keySet().stream()
                        .filter(other -> entry.hashAs(other.entry()).equals(other.hash()))
                        .findFirst();
        if (home.isPresent()) {
            tell(
                    Kind.ENTRIES_REORDERED,
                    batch.number(),
                    leaf.entry(),
                    "Entry " + leaf.entry() + " is what was sealed as entry "
                            + home.get().entry() + ": they were put in another order");
        } else {
            tell(
                    Kind.ENTRY_CHANGED,
                    batch.number(),
                    leaf.entry(),
                    "Entry " + leaf.entry() + " was changed after batch " + batch.number() + " sealed it");
        }
    }

    /** What no batch holds: too young, or put there behind the chain's back. */
    private void rest(ResultSet entry) throws SQLException {
        long sealedUpTo = last == null ? 0 : last.last();
        while (present != null) {
            if (present.id() <= sealedUpTo) {
                inserted(present);
            } else {
                unsealed++;
            }
            next(entry);
        }
    }

    private void compareEnd(SealBatches.End end, long expected, Optional<Checkpoint> removed) {
        if (end.number() >= expected) {
            missing(expected, end.number());
            return;
        }
        String hash = last != null ? last.hash() : removed.map(Checkpoint::hash).orElse(Chain.beginning(end.chain()));
        if (end.number() != expected - 1 || !end.hash().equals(hash)) {
            tell(
                    Kind.CHAIN_REWRITTEN,
                    null,
                    null,
                    "The chain ends with batch " + (expected - 1) + ", but the database remembers another end (batch "
                            + end.number() + ")");
        }
    }

    private void compare(Batch batch, Anchor.Seen seen) {
        seenHashes.put(batch.number(), batch.hash());
        if (!batch.hash().equals(seen.hash())) {
            tell(
                    Kind.CHAIN_REWRITTEN,
                    batch.number(),
                    null,
                    "Batch " + batch.number() + " is not the one that this machine saw: the chain was rewritten");
        }
    }

    private void compareWithAnchor(Anchor.Seen seen, Optional<Checkpoint> removed) {
        boolean isRemoved =
                removed.filter(point -> point.number() >= seen.number()).isPresent();
        if (!seenHashes.containsKey(seen.number()) && !isRemoved) {
            tell(
                    Kind.BATCH_REMOVED,
                    seen.number(),
                    null,
                    "Batch " + seen.number() + ", which this machine saw, is missing: the end of the trail was removed,"
                            + " or an older copy of the database was restored");
        }
    }

    private void tell(Kind kind, Long batch, Long entry, String message) {
        if (findings.size() < TOLD) {
            findings.add(new Finding(kind.word(), batch, entry, message));
        } else {
            more++;
        }
    }

    private ChainReport report(Optional<Checkpoint> removed, Instant now) {
        boolean whole = findings.isEmpty();
        String sentence = whole
                ? "Chain whole, " + counted(entries, "entry", "entries")
                : counted(findings.size() + more, "place", "places")
                        + " where the trail is not what was sealed; the first: "
                        + findings.get(0).message();
        return new ChainReport(
                whole,
                sentence
                        + removed.map(point -> "; older entries were removed by retention on "
                                        + point.at().toString().substring(0, 10))
                                .orElse(""),
                entries,
                unsealed,
                batches,
                last == null ? null : new ChainReport.Last(last.number(), last.last(), last.hash(), last.sealedAt()),
                keyWords(),
                removed.map(point -> new ChainReport.Removed(point.entries(), point.lastEntry(), point.at()))
                        .orElse(null),
                List.copyOf(findings),
                more,
                now);
    }

    private String keyWords() {
        if (key.isEmpty()) {
            return otherKeys == 0
                    ? "no key"
                    : "no key here, so " + counted(otherKeys, "seal was", "seals were") + " not checked";
        }
        return counted(keyed, "batch", "batches") + " sealed with the key"
                + (otherKeys == 0
                        ? ""
                        : ", " + counted(otherKeys, "batch", "batches") + " with another one, not checked");
    }

    private static String counted(long number, String one, String many) {
        return String.format(java.util.Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }
}
