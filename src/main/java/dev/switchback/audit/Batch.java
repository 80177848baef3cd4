package dev.switchback.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Entries that were sealed together, and the batch before them.
 *
 * @param number 1 for the first
 * @param first the number of its first entry
 * @param last the number of its last entry
 * @param entries how many there are
 * @param leaves a line for each entry: its number, a space, its hash
 * @param previous the hash of the batch before
 * @param hash over all of this but the seal
 * @param seal the hash, sealed with a key; or null
 * @param sealKey which key that was; or null
 * @param sealedAt when
 */
record Batch(
        long number,
        long first,
        long last,
        int entries,
        String leaves,
        String previous,
        String hash,
        String seal,
        String sealKey,
        Instant sealedAt) {

    /** What {@link #read} needs. */
    static final String COLUMNS =
            "number, first_entry, last_entry, entries, leaves, previous, hash, seal, seal_key, sealed_at";

    /** One line of the leaves. */
    record Leaf(long entry, String hash) {}

    /** Seals these entries, in order; without a key there is no seal. */
    static Batch of(long number, String previous, List<TrailEntry> entries, Instant now, Chain.Key key) {
        String leaves =
                entries.stream().map(entry -> entry.id() + " " + entry.hash()).collect(Collectors.joining("\n"));
        var bare = new Batch(
                number,
                entries.get(0).id(),
                entries.get(entries.size() - 1).id(),
                entries.size(),
                leaves,
                previous,
                null,
                null,
                null,
                now.truncatedTo(ChronoUnit.MICROS));
        String hash = bare.computed();
        return new Batch(
                number,
                bare.first,
                bare.last,
                bare.entries,
                leaves,
                previous,
                hash,
                key == null ? null : key.of(hash),
                key == null ? null : key.id(),
                bare.sealedAt);
    }

    static Batch read(ResultSet row) throws SQLException {
        return new Batch(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getObject(10, OffsetDateTime.class).toInstant());
    }

    /** The hash as it should be. */
    String computed() {
        var form = new StringBuilder("switchback audit batch ").append(number).append('\n');
        Chain.member(form, "first", first);
        Chain.member(form, "last", last);
        Chain.member(form, "entries", entries);
        Chain.member(form, "leaves", leaves);
        Chain.member(form, "previous", previous);
        Chain.member(form, "sealedAt", sealedAt);
        return Chain.sha256(form.toString());
    }

    /** Whether it says of itself what it should. */
    boolean isIntact() {
        return hash.equals(computed());
    }

    List<Leaf> parts() {
        return leaves.lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2 && words[0].matches("[0-9]{1,18}"))
                .map(words -> new Leaf(Long.parseLong(words[0]), words[1]))
                .toList();
    }
}
