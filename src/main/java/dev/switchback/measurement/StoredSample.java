package dev.switchback.measurement;

import dev.switchback.sampling.Taken;
import java.util.Locale;

/**
 * One request, or one number, as it is stored. Times in microseconds from the start of its metric.
 *
 * @param block the block it belongs to, from 0; -1 during the warm-up
 * @param seq its place in the block, from 0; of imported samples in the file
 * @param input which of the declared inputs it sent, from 0; -1 when there are none
 * @param sentUs when it was begun; -1 when it never was, because nobody answered those before it
 * @param firstByteUs when the first byte came; -1 for none
 * @param status the HTTP status; 0 when there was no answer
 * @param errorKind why it failed: timeout, refused, reset, tls, dns, 5xx, 4xx, status, body or other; null when it did not
 * @param reused whether the connection had been used before
 * @param remote the address that answered, or null
 * @param cache hit, miss, bypass or unknown
 * @param cacheRule which rule told the cache state, or null
 * @param bodyHash a short keyed hash of the body, or null; bodies are never stored
 * @param warmUp whether it was sent only to warm up, and counts for nothing
 * @param late whether it was sent late by our own fault
 * @param value the number, of sources that give numbers and of imported samples; null for a request of ours
 */
public record StoredSample(
        int block,
        int seq,
        int input,
        long scheduledUs,
        long sentUs,
        long firstByteUs,
        long doneUs,
        int status,
        String errorKind,
        long bytes,
        boolean reused,
        String remote,
        String cache,
        String cacheRule,
        Integer age,
        Integer dbCalls,
        Long dbUs,
        String bodyHash,
        boolean warmUp,
        boolean late,
        Double value) {

    /** As it was taken. */
    static StoredSample of(Taken taken) {
        return new StoredSample(
                taken.block(),
                taken.seq(),
                taken.input(),
                taken.scheduledUs(),
                taken.sentUs(),
                taken.firstByteUs(),
                taken.doneUs(),
                taken.status(),
                taken.errorKind(),
                taken.bytes(),
                taken.reusedConnection(),
                taken.remote(),
                taken.cache().name().toLowerCase(Locale.ROOT),
                taken.cacheRule(),
                taken.age(),
                taken.dbCalls(),
                taken.dbUs(),
                taken.bodyHash(),
                taken.warmUp(),
                taken.late(),
                taken.value());
    }

    /** Whether it did what it should. */
    public boolean ok() {
        return errorKind == null;
    }

    /** The number it gave; for a request the response time in milliseconds, from the moment for which it was planned. */
    public double measured() {
        return value == null ? (doneUs - scheduledUs) / 1000.0 : value;
    }

    /** The time from sending to the end of the answer, in milliseconds; what was imported knows only one time. */
    public double serviceMs() {
        return value == null ? (doneUs - Math.max(sentUs, scheduledUs)) / 1000.0 : value;
    }

    public boolean isHit() {
        return "hit".equals(cache);
    }

    public boolean isMiss() {
        return "miss".equals(cache);
    }

    /** Whether it may stand for this class: warm is whatever is not known to be a miss, cold what is not known to be a hit. */
    public boolean belongsTo(String metricClass) {
        return switch (metricClass) {
            case "warm" -> !isMiss();
            case "cold" -> !isHit();
            default -> true;
        };
    }
}
