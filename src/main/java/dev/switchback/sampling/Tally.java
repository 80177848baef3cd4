package dev.switchback.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The samples of an http metric so far, warm-up left out, and what they say about the sending. */
final class Tally {

    private final List<Taken> kept = new ArrayList<>();
    private double seconds;
    private int complete;

    /**
     * @param lasted how long the block lasted by plan; it counts as longer when requests were sent after that
     * @param beganUs when it began
     */
    void add(List<Taken> block, int planned, double lasted, long beganUs) {
        kept.addAll(block);
        long lastSent = block.stream().mapToLong(Taken::sentUs).max().orElse(0);
        seconds += Math.max(lasted, (lastSent - beganUs) / 1e6);
        complete += block.size() == planned ? 1 : 0;
    }

    int size() {
        return kept.size();
    }

    int completeBlocks() {
        return complete;
    }

    double achievedRate() {
        return seconds == 0
                ? 0
                : kept.stream().filter(each -> each.sentUs() >= 0).count() / seconds;
    }

    double lateShare() {
        return kept.isEmpty() ? 0 : (double) kept.stream().filter(Taken::late).count() / kept.size();
    }

    int waitedForPlace() {
        return (int) kept.stream().filter(Tally::waited).count();
    }

    private static boolean waited(Taken each) {
        return each.sentUs() < 0 || !each.late() && each.sentUs() - each.scheduledUs() > AskOnce.LATE_NANOS / 1000;
    }

    /** @param keptFrom the first block that counts */
    Optional<Steadiness> steadiness(int keptFrom, double limit) {
        return Steadiness.of(kept, keptFrom, limit);
    }
}
