package dev.switchback.sampling;

import dev.switchback.verdict.CacheState;

/**
 * One request, or one number. Times are microseconds since the metric's {@link Sitting#startedAt()}, by a clock that
 * never jumps. The response time is {@code doneUs - scheduledUs}: what somebody waited who came at the planned moment.
 *
 * @param block the block, counted from 0; blocks of the warm-up are -1
 * @param seq the place in its block, counted from 0
 * @param input which of the inputs it asked for, counted from 0; -1 when the metric has none
 * @param scheduledUs when it should have been sent, fixed before the first request was
 * @param sentUs when it was begun, opening a connection included; {@code -1} when it found no place among
 *     twenty at once before its time was over
 * @param firstByteUs when the first byte of the answer came; {@code -1} for none
 * @param doneUs when the answer had been read to its end, or given up
 * @param status the status of the answer, 0 for none
 * @param errorKind null when the answer was the expected one; otherwise {@code timeout, refused, reset, tls, dns, 5xx,
 *     4xx, status, body} or {@code other}
 * @param bytes length of the body
 * @param reusedConnection whether it went over a connection that was open already
 * @param remote the address that answered, {@code 10.0.0.5:443}; null when nobody was reached
 * @param cache what the answer said about caches
 * @param cacheRule which rule told it
 * @param age the header {@code Age}; null when it has none
 * @param dbCalls how many database calls the answer says it took; null when it says nothing
 * @param dbUs how long they took, from {@code Server-Timing: db;dur=}; null when it says nothing
 * @param bodyHash a short keyed hash of the body; null for none
 * @param warmUp whether it belongs to the warm-up and is left out everywhere
 * @param late whether it was sent more than 10 ms after its moment although there was a place: our side was slow
 * @param value the number, for sources that give numbers; null when it could not be had
 */
public record Taken(
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
        boolean reusedConnection,
        String remote,
        CacheState cache,
        String cacheRule,
        Integer age,
        Integer dbCalls,
        Long dbUs,
        String bodyHash,
        boolean warmUp,
        boolean late,
        Double value) {

    /** A number that was read, or could not be. */
    static Taken number(int block, long askedUs, long doneUs, Double value, String errorKind) {
        return new Taken(
                block,
                0,
                -1,
                askedUs,
                askedUs,
                -1,
                doneUs,
                0,
                errorKind,
                0,
                false,
                null,
                CacheState.UNKNOWN,
                "unknown",
                null,
                null,
                null,
                null,
                false,
                false,
                value);
    }

    /** Whether the answer was the expected one. */
    public boolean ok() {
        return errorKind == null;
    }

    /** How long somebody waited who came at the planned moment. */
    public long responseUs() {
        return doneUs - scheduledUs;
    }
}
