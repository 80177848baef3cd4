package dev.switchback.verdict;

/**
 * One request.
 *
 * @param block the block of its leg, counted from 0
 * @param input which of the declared inputs it asked for, counted from 0; -1 when there are none
 * @param scheduledMs when it should have been sent, milliseconds since the leg began
 * @param sentMs when it was sent, milliseconds since the leg began
 * @param latencyMs the response time: done minus scheduled; of a request that timed out, the timeout
 * @param serviceMs done minus sent
 * @param ok whether the answer was the expected one; others count as failed and their times are not judged
 * @param cache what the answer said about caches
 * @param dbCalls how many database calls it took, null when not told
 * @param warmUp whether it belongs to the warm-up; it is left out everywhere then
 * @param late whether it was sent late because our side was slow
 */
public record Sample(
        int block,
        int input,
        double scheduledMs,
        double sentMs,
        double latencyMs,
        double serviceMs,
        boolean ok,
        CacheState cache,
        Integer dbCalls,
        boolean warmUp,
        boolean late) {}
