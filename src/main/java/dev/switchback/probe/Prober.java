package dev.switchback.probe;

import dev.switchback.sampling.HttpSender;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.verdict.Probe.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One of the two probers of a run. It sends in its slots whatever becomes of earlier probes, and never has more than
 * {@value #MOST_OUTSTANDING} under way: a slow service is not made slower. A slot in which nothing could be sent, for
 * that or because this process stood still, stays empty. Safe for use by several threads.
 */
final class Prober {

    static final int MOST_OUTSTANDING = 50;

    /** Which of the two. */
    enum Kind {
        NEW("new", dev.switchback.verdict.Probe.Prober.NEW_CONNECTION),
        KEPT("kept", dev.switchback.verdict.Probe.Prober.KEPT_OPEN);

        final String key;
        final dev.switchback.verdict.Probe.Prober judged;

        Kind(String key, dev.switchback.verdict.Probe.Prober judged) {
            this.key = key;
            this.judged = judged;
        }

        static Kind of(String key) {
            return key.equals(NEW.key) ? NEW : KEPT;
        }
    }

    /** Hears of each probe that failed, at once. */
    @FunctionalInterface
    interface Alarm {
        void failed();
    }

    private final Kind kind;
    private final Slots slots;
    private final Timeline time;
    private final Request request;
    private final HttpSender sender;
    private final Alarm alarm;
    private final ThreadPoolExecutor senders;
    private final Map<Long, Long> outstanding = new ConcurrentHashMap<>();
    private final AtomicLong planned = new AtomicLong();
    private final List<Sent> done = new ArrayList<>();
    private volatile boolean sent;
    private volatile boolean stopped;
    private Thread clockwork;

    Prober(Kind kind, ProbePlan plan, Timeline time, long seed, TrackingSecrets secrets, Alarm alarm) {
        long slotUs = plan.every().toNanos() / 1000;
        this.kind = kind;
        this.slots = new Slots(slotUs, kind == Kind.KEPT ? slotUs / 2 : 0, seed + kind.ordinal());
        this.time = time;
        this.sender = new HttpSender(kind == Kind.KEPT);
        this.request = new Request(plan, secrets, sender, kind == Kind.KEPT);
        this.alarm = alarm;
        this.senders = new ThreadPoolExecutor(
                1, MOST_OUTSTANDING, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> daemon("probe", work));
    }

    private static Thread daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    Kind kind() {
        return kind;
    }

    void start() {
        clockwork = daemon("prober-" + kind.key, this::sendOnAndOn);
        clockwork.start();
    }

    private void sendOnAndOn() {
        long slot = slots.next(time.nowUs());
        try {
            while (!stopped) {
                long wait = slots.moment(slot) - time.nowUs();
                if (wait > 0) {
                    TimeUnit.MICROSECONDS.sleep(wait);
                }
                planned.incrementAndGet();
                if (!slots.isOver(slot, time.nowUs())) {
                    send(slot);
                }
                slot++;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(long slot) {
        long sentAt = time.nowUs();
        outstanding.put(slot, sentAt);
        try {
            senders.execute(() -> sendNow(slot));
        } catch (RejectedExecutionException tooMany) {
            outstanding.remove(slot);
        }
    }

    private void sendNow(long slot) {
        try {
            long sentAt = time.nowUs();
            sent = true;
            Request.Result result = request.send(slot);
            if (stopped && result.failure() != null) {
                // Our own end cut it; that says nothing about the service.
                return;
            }
            long took = time.nowUs() - sentAt;
            synchronized (done) {
                done.add(new Sent(slot, sentAt, took, result.failure(), result.status(), result.message()));
            }
            if (result.failure() != null) {
                alarm.failed();
            }
        } catch (RuntimeException ours) {
            synchronized (done) {
                done.add(new Sent(slot, time.nowUs(), 0, Failure.OTHER, 0, "Switchback itself failed: " + ours));
            }
            alarm.failed();
        } finally {
            outstanding.remove(slot);
        }
    }

    /** Whether it has sent, whatever comes of it. */
    boolean hasSent() {
        return sent;
    }

    /** What is over since it was asked last. */
    List<Sent> take() {
        synchronized (done) {
            var taken = List.copyOf(done);
            done.clear();
            return taken;
        }
    }

    /** How many slots passed since it was asked last. */
    int takePlanned() {
        return (int) planned.getAndSet(0);
    }

    /** Until when everything that was sent is over. */
    long settledUs(long nowUs) {
        return outstanding.values().stream().mapToLong(Long::longValue).min().orElse(nowUs);
    }

    void stop() {
        stopped = true;
        clockwork.interrupt();
        senders.shutdown();
        sender.close();
    }
}
