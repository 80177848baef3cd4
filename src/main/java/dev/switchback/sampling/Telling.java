package dev.switchback.sampling;

import dev.switchback.step.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells the progress, at each change and once a second, and obeys the brake while it waits. Used by one thread. */
final class Telling {

    private static final long LOOK_MS = 100;
    private static final long TELL_NANOS = 1_000_000_000;

    /** The brake was pulled, or the thread is asked to end. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }

    /** Waits for something at most so long; says whether it is there. */
    interface Waiting {
        boolean isOver(long millis) throws InterruptedException;
    }

    private final Progress progress;
    private final Cancellation brake;
    private final MetricPlan plan;
    private final Duration afterThis;
    private final CountDownLatch braked = new CountDownLatch(1);

    /** @param following the metrics that come after this one */
    Telling(Progress progress, Cancellation brake, MetricPlan plan, List<MetricPlan> following) {
        this.progress = progress;
        this.brake = brake;
        this.plan = plan;
        brake.onCancel(braked::countDown);
        this.afterThis = following.stream().map(MetricPlan::expected).reduce(Duration.ZERO, Duration::plus);
    }

    /** @throws StoppedException when the brake was pulled */
    void obeyBrake() {
        if (brake.isCancelled() || Thread.currentThread().isInterrupted()) {
            throw new StoppedException();
        }
    }

    void taken(MetricPlan of, List<Taken> batch) {
        if (!batch.isEmpty()) {
            progress.taken(of, List.copyOf(batch));
        }
    }

    /**
     * Waits for something and tells what it is at meanwhile.
     *
     * @param block counted from 1
     * @param left how long this metric takes from now on
     */
    void during(Progress.Phase phase, int block, int ofBlocks, Duration left, Waiting waiting) {
        long end = System.nanoTime() + left.toNanos();
        long told = Long.MIN_VALUE;
        try {
            boolean isOver = false;
            while (!isOver) {
                obeyBrake();
                long now = System.nanoTime();
                if (told == Long.MIN_VALUE || now - told >= TELL_NANOS) {
                    told = now;
                    progress.metric(plan, block, ofBlocks, phase, afterThis.plusNanos(Math.max(0, end - now)));
                }
                isOver = waiting.isOver(LOOK_MS);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    /** Waits for some time to pass. */
    void pause(Progress.Phase phase, int block, int ofBlocks, Duration left, Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        during(phase, block, ofBlocks, left, millis -> {
            long nanos = end - System.nanoTime();
            if (nanos > 0) {
                braked.await(Math.min(nanos, TimeUnit.MILLISECONDS.toNanos(millis)), TimeUnit.NANOSECONDS);
            }
            return System.nanoTime() >= end;
        });
    }
}
