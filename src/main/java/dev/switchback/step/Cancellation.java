package dev.switchback.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private Reason reason;
    private final List<Runnable> listeners = new ArrayList<>();

    /** Pulls the brake; runs every listener once, on the calling thread. Listeners must not block. */
    public void cancel(Reason why) {
        List<Runnable> toRun;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
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

    public boolean isCancelled() {
        return reason().isPresent();
    }
}
