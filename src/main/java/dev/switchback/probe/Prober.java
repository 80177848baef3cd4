package dev.switchback.probe;

import dev.switchback.sampling.HttpSender;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.step.Action;
import dev.switchback.verdict.Probe.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One of the probers of a run. It sends in its slots whatever becomes of earlier probes, and never has more than
 * {@value #MOST_OUTSTANDING} under way, the slow request and what is written never more than one: a slow service is not
 * made slower. A slot in which nothing could be sent, for that or because this process stood still, stays empty. Safe for
 * use by several threads.
 */
final class Prober {

    static final int MOST_OUTSTANDING = 50;

    private static final long SECOND_US = 1_000_000;
    private static final Duration SLOW_TIMEOUT = Duration.ofSeconds(30);

    /** Which of them. */
    enum Kind {
        NEW("new", dev.switchback.verdict.Probe.Prober.NEW_CONNECTION),
        KEPT("kept", dev.switchback.verdict.Probe.Prober.KEPT_OPEN),
        SLOW("slow", dev.switchback.verdict.Probe.Prober.SLOW_REQUEST),
        WRITE("write", dev.switchback.verdict.Probe.Prober.WRITE_THEN_READ);

        final String key;
        final dev.switchback.verdict.Probe.Prober judged;

        Kind(String key, dev.switchback.verdict.Probe.Prober judged) {
            this.key = key;
            this.judged = judged;
        }

        static Kind of(String key) {
            return Stream.of(values())
                    .filter(kind -> kind.key.equals(key))
                    .findFirst()
                    .orElseThrow();
        }

        /** Whether it sends in every slot of the probe; the others send once a second, and one at a time. */
        boolean isSteady() {
            return judged.steady();
        }
    }

    /**
     * What all probers of a run share.
     *
     * @param run whose; what is written names it
     */
    record Probed(long run, ProbePlan plan, Timeline time, long seed, TrackingSecrets secrets, Alarm alarm) {}

    /** Hears of each probe that failed, at once. */
    @FunctionalInterface
    interface Alarm {
        void failed();
    }

    private final Kind kind;
    private final Slots slots;
    private final Timeline time;
    private final Sending request;
    private final HttpSender sender;
    private final Alarm alarm;
    private final ThreadPoolExecutor senders;
    private final Map<Long, Long> outstanding = new ConcurrentHashMap<>();
    private final AtomicLong planned = new AtomicLong();
    private final List<Sent> done = new ArrayList<>();
    private volatile boolean sent;
    private volatile boolean stopped;
    private Thread clockwork;

    private Prober(Kind kind, Probed probed, Function<HttpSender, Sending> request) {
        long slotUs = kind.isSteady() ? probed.plan().every().toNanos() / 1000 : SECOND_US;
        this.kind = kind;
        this.slots = new Slots(slotUs, kind == Kind.KEPT ? slotUs / 2 : 0, probed.seed() + kind.ordinal());
        this.time = probed.time();
        this.sender = new HttpSender(kind == Kind.KEPT);
        this.request = request.apply(sender);
        this.alarm = probed.alarm();
        this.senders = new ThreadPoolExecutor(
                1,
                kind.isSteady() ? MOST_OUTSTANDING : 1,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> daemon("probe", work));
    }

    /** The two steady ones, and those that are declared. */
    static List<Prober> of(Probed probed) {
        ProbePlan plan = probed.plan();
        TrackingSecrets secrets = probed.secrets();
        var all = new ArrayList<Prober>();
        all.add(new Prober(Kind.NEW, probed, sender -> new Request(plan, secrets, sender, false)));
        all.add(new Prober(Kind.KEPT, probed, sender -> new Request(plan, secrets, sender, true)));
        plan.slowRequest()
                .ifPresent(declared -> all.add(new Prober(Kind.SLOW, probed, sender -> {
                    Duration timeout = new Action(declared).duration("timeout").orElse(SLOW_TIMEOUT);
                    return new Request(plan, declared, timeout, secrets, sender, false);
                })));
        plan.writeThenRead()
                .ifPresent(declared -> all.add(new Prober(Kind.WRITE, probed, sender -> {
                    String value = probed.run() + "-" + Long.toString(probed.seed() & Long.MAX_VALUE, 36);
                    return new WriteThenRead(plan, declared, value, secrets, sender);
                })));
        return all;
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
            Sending.Result result = request.send(slot);
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

    /**
     * Until when everything that was sent is over. Nobody waits for a slow request: it is told at the moment at which it
     * is over.
     */
    long settledUs(long nowUs) {
        if (!kind.isSteady()) {
            return nowUs;
        }
        return outstanding.values().stream().mapToLong(Long::longValue).min().orElse(nowUs);
    }

    void stop() {
        stopped = true;
        clockwork.interrupt();
        senders.shutdown();
        sender.close();
    }
}
