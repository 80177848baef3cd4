package dev.switchback.step.shell;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A shell that waits for the next step, made beside the present one: of a trivial step, starting its process is most of
 * the time. None waits while no steps are carried out. Where none waits, a process is started in the ordinary way. Safe
 * for use by several threads.
 */
final class WaitingShells {

    /** The ones of this process. */
    static final WaitingShells HERE = new WaitingShells();

    private static final int AT_MOST = 2;

    private final Queue<WaitingShell> waiting = new ArrayDeque<>();
    private int wanted;
    private boolean making;

    private WaitingShells() {}

    /** Starts the command in a shell that waited; empty when none did, or when it cannot become this. */
    Optional<StartedProcess> start(ShellCommand command) {
        if (!WaitingShell.fits(command)) {
            return Optional.empty();
        }
        Optional<StartedProcess> started = Optional.empty();
        for (WaitingShell next = take(); next != null && started.isEmpty(); next = started.isEmpty() ? take() : null) {
            if (next.isFit()) {
                started = next.become(command);
            } else {
                next.close();
            }
        }
        return started;
    }

    /** Another one is needed soon. */
    synchronized void prepare() {
        if (waiting.size() + wanted < AT_MOST) {
            wanted++;
        }
        notifyAll();
        if (!making) {
            making = true;
            var thread = new Thread(this::make, "step-shells");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private synchronized WaitingShell take() {
        return waiting.poll();
    }

    private void make() {
        while (isNeeded()) {
            Optional<WaitingShell> shell = WaitingShell.start();
            synchronized (this) {
                wanted--;
                shell.ifPresent(waiting::add);
            }
        }
    }

    /** Waits until one is wanted; false when there was no use for any for so long that those that wait are too old. */
    private synchronized boolean isNeeded() {
        try {
            long until = System.nanoTime() + WaitingShell.LONGEST.toNanos();
            for (long left = until - System.nanoTime(); wanted == 0 && left > 0; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException end) {
            wanted = 0;
        }
        if (wanted == 0) {
            making = false;
            waiting.forEach(WaitingShell::close);
            waiting.clear();
        }
        return making;
    }
}
