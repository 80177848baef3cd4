package dev.switchback.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * Whether the chain is whole, and where it is not.
 *
 * @param whole whether nothing contradicts it
 * @param sentence the same in one sentence
 * @param entries how many there are
 * @param unsealed how many of them are so young that no batch holds them yet
 * @param batches how many batches there are
 * @param last the last batch; compare it with what the log or a paper says. Null while there is none
 * @param key what the key of the configuration says
 * @param removed what retention removed, or null
 * @param findings what is wrong, the first of it
 * @param more how many findings are left out
 * @param checkedAt when it was looked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChainReport(
        boolean whole,
        String sentence,
        long entries,
        long unsealed,
        long batches,
        Last last,
        String key,
        Removed removed,
        List<Finding> findings,
        long more,
        Instant checkedAt) {

    /** Something that contradicts the chain. */
    public enum Kind {
        ENTRY_CHANGED,
        ENTRY_REMOVED,
        ENTRY_INSERTED,
        ENTRIES_REORDERED,
        BATCH_CHANGED,
        BATCH_REMOVED,
        SEAL_WRONG,
        CHAIN_REWRITTEN;

        /** As it is written: {@code entry-changed}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param kind what, such as {@code entry-changed}
     * @param batch the number of the batch, or null
     * @param entry the number of the entry, or null
     * @param message what was found and what should have been
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Finding(String kind, Long batch, Long entry, String message) {}

    /** The last batch. */
    public record Last(long number, long entry, String hash, Instant sealedAt) {}

    /** What retention removed: so many entries up to this one, the last time at this moment. */
    public record Removed(long entries, long lastEntry, Instant at) {}
}
