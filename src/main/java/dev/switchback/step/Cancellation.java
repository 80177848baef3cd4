package dev.switchback.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The brake of one attempt: pulled by its timeout or by a person, obeyed by the executor. Pulled once; later calls
 * change nothing. Safe for use by several threads.
 */
public final class Cancellation {

    /** Why the brake was pulled. */
    public enum Reason {
        TIMEOUT,
        ABORTED
    }

    private final BooleanSupplier allowed;
    private final List<Runnable> listeners = new ArrayList<>();
    private Reason reason;
    private Duration graceAtMost;

    /** A brake that somebody pulls, or nobody. */
    public Cancellation() {
        this(() -> true);
    }

    /**
     * A brake that is also pulled by whoever asks for it while the attempt is not allowed any more.
     *
     * @param allowed whether the attempt may do something at this moment; asked before each of its effects
     */
    public Cancellation(BooleanSupplier allowed) {
        this.allowed = allowed;
    }

    /** Pulls the brake; runs every listener once, on the calling thread. Listeners must not block. */
    public void cancel(Reason why) {
        cancel(why, null);
    }

    /**
     * The same, when little time is left.
     *
     * @param atMost how long anything may take from TERM to KILL, whatever the step says
     */
    public void cancel(Reason why, Duration atMost) {
        List<Runnable> toRun;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            graceAtMost = atMost;
            toRun = List.copyOf(listeners);
            listeners.clear();
        }
        toRun.forEach(Runnable::run);
    }

    /** Runs the listener when the brake is pulled, or at once when it was pulled already. */
    public void onCancel(Runnable listener) {
        synchronized (this) {
            if (reason == null) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    public synchronized Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** How long to wait between TERM and KILL: what the step says, or less when there is no time for it. */
    public synchronized Duration grace(Duration wanted) {
        return graceAtMost == null || graceAtMost.compareTo(wanted) > 0 ? wanted : graceAtMost;
    }

    /** Whether to stop; to be asked before everything that has an effect. */
    public boolean isCancelled() {
        if (reason().isEmpty() && !allowed.getAsBoolean()) {
            cancel(Reason.ABORTED);
        }
        return reason().isPresent();
    }
}
