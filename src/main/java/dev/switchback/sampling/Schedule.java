package dev.switchback.sampling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/**
 * When each request is sent and what it asks for: fixed before the first one is sent, whatever the service does then.
 * Pure: the same metric and seed give the same schedule.
 *
 * @param plan the metric
 * @param seed decides the moments; the order of the inputs follows from the metric alone
 */
record Schedule(MetricPlan plan, long seed) {

    /** The block of the warm-up. */
    static final int WARM_UP = -1;

    /**
     * The moments of a block, in microseconds from its beginning, in order: request {@code i} at a random moment of
     * slot {@code i}.
     *
     * @param slotUs how long a slot is
     * @param roomUs how much at the beginning of each slot is kept free, for making cold
     */
    long[] moments(int block, int requests, long slotUs, long roomUs) {
        var random = new SplittableRandom(seed ^ (block + 2) * 0x9E3779B97F4A7C15L);
        long[] moments = new long[requests];
        for (int i = 0; i < requests; i++) {
            moments[i] = i * slotUs + roomUs + (long) (random.nextDouble() * (slotUs - roomUs));
        }
        return moments;
    }

    /**
     * Which input each request of a block asks for; -1 when there are none. All inputs are gone through in a random
     * order, then again in another, on through all blocks: in each block every input comes about equally often.
     */
    int[] inputs(int block, int requests) {
        int[] inputs = new int[requests];
        int size = plan.inputs().size();
        long first = block == WARM_UP ? 0 : (long) block * plan.perBlock();
        int[] order = null;
        for (int i = 0; i < requests; i++) {
            if (size == 0) {
                inputs[i] = -1;
                continue;
            }
            int at = (int) ((first + i) % size);
            if (order == null || at == 0) {
                order = shuffled(size, (first + i) / size);
            }
            inputs[i] = order[at];
        }
        return inputs;
    }

    private int[] shuffled(int size, long pass) {
        var random = new SplittableRandom(ownNumber() ^ pass * 0x9E3779B97F4A7C15L);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /** The same for all that ask the same, however much of it. */
    private long ownNumber() {
        try {
            byte[] asked = plan.conditions().toString().getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(asked))
                    .getLong();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
