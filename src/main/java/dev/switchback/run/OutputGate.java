package dev.switchback.run;

import dev.switchback.run.OutputPauses.Answer;
import dev.switchback.run.OutputPauses.Why;
import io.quarkus.logging.Log;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Where the output of one attempt waits when there is too much of it, or too little room on the disk, until a person has
 * answered; the process stands still meanwhile, with its pipe full. An attempt that is ended is let through, for a while:
 * what a process that ignores its end goes on to print is not kept. Safe for use by several threads.
 */
final class OutputGate {

    /** In characters: what an attempt may still say after it was told to end. */
    private static final long LAST_WORDS = 1024 * 1024;

    private static final long LOOK_MILLIS = 500;

    private final OutputPauses pauses;
    private final long more;
    private final BooleanSupplier diskIsFull;
    private final Runnable stop;

    private long printed;
    private long allowed;
    private long fine;
    private boolean holding;
    private volatile boolean ended;
    private long endedAt = -1;

    /**
     * @param limit in characters: so much may be printed before somebody is asked, and so much more after each yes
     * @param diskIsFull whether there is too little room
     * @param stop ends the attempt
     */
    OutputGate(OutputPauses pauses, long limit, BooleanSupplier diskIsFull, Runnable stop) {
        this.pauses = pauses;
        this.more = limit;
        this.allowed = limit;
        this.diskIsFull = diskIsFull;
        this.stop = stop;
    }

    /** Waits until a line may be kept; false when it may not any more. */
    synchronized boolean pass(int length) {
        printed += length + 1L;
        if (ended) {
            endedAt = endedAt < 0 ? printed : endedAt;
            return printed <= endedAt + LAST_WORDS;
        }
        while (!ended && (holding || why() != null)) {
            if (holding) {
                pause();
            } else {
                hold();
            }
        }
        return true;
    }

    private Why why() {
        if (printed > allowed) {
            return Why.LIMIT;
        }
        return diskIsFull.getAsBoolean() && printed > fine ? Why.DISK : null;
    }

    /** One thread asks and looks for the answer; the other streams of the attempt wait for it. */
    private void hold() {
        holding = true;
        try {
            boolean asked = false;
            while (!ended && why() != null) {
                asked = asked || ask();
                if (asked) {
                    take(answer());
                }
                if (!ended && why() != null) {
                    pause();
                }
            }
            if (asked && !ended) {
                withdraw();
            }
        } finally {
            holding = false;
            notifyAll();
        }
    }

    private boolean ask() {
        try {
            pauses.ask(why(), printed, allowed);
            return true;
        } catch (RuntimeException away) {
            Log.debugf(away, "it could not be asked whether a step may print more; it is tried again");
            return false;
        }
    }

    private Answer answer() {
        try {
            return pauses.answer();
        } catch (RuntimeException away) {
            return new Answer(allowed, false);
        }
    }

    private void take(Answer answer) {
        if (answer.stopped()) {
            end();
            stop.run();
        } else if (answer.allowed() > allowed) {
            allowed = Math.max(answer.allowed(), printed + more);
            // Somebody said so although the disk is nearly full.
            fine = allowed;
        }
    }

    private void withdraw() {
        try {
            pauses.goesOn();
        } catch (RuntimeException away) {
            Log.debugf(away, "a question could not be withdrawn; the end of the step does it");
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.timedWait(this, LOOK_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            end();
        }
    }

    /** The attempt is being ended: soon nothing waits here any more. Returns at once. */
    void end() {
        ended = true;
    }
}
