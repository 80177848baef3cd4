package dev.switchback.sampling;

import dev.switchback.step.CouldNotAskException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends the requests of a round at their moments, with as many threads as requests are under way, twenty at most. One
 * thread at a time leads: it holds the next request and waits for its moment; when it goes off to send, the next one
 * leads. So nothing is handed from thread to thread at the moment that counts, and when every thread is away the request
 * waits for a place, timed from its moment all the same.
 */
final class Workers implements AutoCloseable {

    /** How many requests may be under way. */
    static final int MOST_AT_ONCE = 20;

    /** A parked thread wakes up about this late; the rest is waited for without parking. */
    private static final long SPIN_NANOS = 150_000;

    private static final long LONGEST_PARK_NANOS = 100_000_000;

    private final AskOnce ask;
    private final HttpSender sender;
    private final long timeoutNanos;
    private final AtomicReference<CouldNotAskException> trouble = new AtomicReference<>();
    private volatile boolean stopped;

    Workers(AskOnce ask, HttpSender sender, Duration timeout) {
        this.ask = ask;
        this.sender = sender;
        this.timeoutNanos = timeout.toNanos();
    }

    /** Begins a round, in threads of its own that end with it. */
    void begin(Round round) {
        new Crew(round).another();
    }

    /** Why it cannot go on, if it cannot. */
    Optional<CouldNotAskException> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    /** Ends it: what is under way is cut off and forgotten. */
    @Override
    public void close() {
        stopped = true;
        sender.close();
    }

    /** The threads of one round. */
    private final class Crew {
        private final Round round;
        private final ReentrantLock lead = new ReentrantLock();
        private final AtomicInteger threads = new AtomicInteger();
        private final AtomicInteger waiting = new AtomicInteger();
        private int next;

        Crew(Round round) {
            this.round = round;
        }

        void another() {
            waiting.incrementAndGet();
            var thread = new Thread(this::work, "sampler-" + threads.incrementAndGet());
            thread.setDaemon(true);
            thread.start();
        }

        private void work() {
            try {
                // A new thread has always been free.
                long freeSince = Long.MIN_VALUE;
                for (int seq = take(); seq >= 0; seq = take()) {
                    send(seq, freeSince);
                    freeSince = System.nanoTime();
                    waiting.incrementAndGet();
                }
            } catch (CouldNotAskException cannot) {
                end(cannot);
            } catch (RuntimeException defect) {
                end(new CouldNotAskException(
                        "Switchback itself failed while it sent requests: " + defect, "no error inside Switchback"));
            }
        }

        private void end(CouldNotAskException why) {
            trouble.compareAndSet(null, why);
            close();
        }

        /** Takes the next request and waits for its moment; -1 when there is none left. */
        private int take() {
            lead.lock();
            try {
                waiting.decrementAndGet();
                int seq = next;
                if (stopped || seq == round.size()) {
                    return -1;
                }
                next++;
                boolean more = next < round.size() && waiting.get() == 0 && threads.get() < MOST_AT_ONCE;
                if (more) {
                    another();
                }
                long moment = round.moments()[seq];
                if (round.leadNanos() > 0) {
                    waitUntil(moment - round.leadNanos());
                    round.before().request(round.requests().get(seq));
                }
                waitUntil(moment);
                return stopped ? -1 : seq;
            } finally {
                lead.unlock();
            }
        }

        private void send(int seq, long freeSince) {
            InputRequest request = round.requests().get(seq);
            long moment = round.moments()[seq];
            boolean allWereAway = threads.get() == MOST_AT_ONCE && freeSince > moment;
            var slot = new AskOnce.Slot(round.block(), seq, moment, allWereAway ? freeSince : moment);
            Taken answer = slot.freeNanos() - moment < timeoutNanos
                    ? ask.ask(request, slot, deadline(slot))
                    : ask.gaveUp(request, slot, moment + timeoutNanos);
            if (!stopped) {
                round.answered(answer);
            }
        }

        /** Who waited for a place has less time left; who was late by our fault has all of it. */
        private long deadline(AskOnce.Slot slot) {
            boolean waited = slot.freeNanos() > slot.momentNanos();
            return (waited ? slot.momentNanos() : System.nanoTime()) + timeoutNanos;
        }
    }

    private void waitUntil(long moment) {
        for (long left = moment - System.nanoTime(); left > 0 && !stopped; left = moment - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(Math.min(left - SPIN_NANOS, LONGEST_PARK_NANOS));
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
