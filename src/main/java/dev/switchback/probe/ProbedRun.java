package dev.switchback.probe;

import dev.switchback.secret.Secrets;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.verdict.Availability;
import dev.switchback.verdict.Probe;
import io.quarkus.logging.Log;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The two probers of one run on this instance, and the writing down of what they see. A database that is away for a
 * moment loses nothing: what was not written is kept and written later, for as long as nobody else has taken over.
 * Safe for use by several threads.
 */
final class ProbedRun {

    /** Counting again costs time: it rests ten times as long as it took, and never long for a page that is watched. */
    private static final int RESTS = 10;

    private static final long LONGEST_REST = Duration.ofSeconds(10).toNanos();

    private final ProbeStore store;
    private final ProbeConfig config;
    private final ProbeStore.Lease lease;
    private final String instance;
    private final ProbePlan plan;
    private final Timeline time;
    private final List<Prober> probers;
    private final List<Probe> all = new ArrayList<>();
    private final Map<Prober.Kind, List<Sent>> unwritten = new EnumMap<>(Prober.Kind.class);
    private final Map<Prober.Kind, Integer> unwrittenSlots = new EnumMap<>(Prober.Kind.class);
    private final Semaphore awake = new Semaphore(0);
    private final AtomicInteger failed = new AtomicInteger();
    private final List<Runnable> alarms = new CopyOnWriteArrayList<>();
    private long writtenUs;
    private long pieces;
    private long countAgainAt;
    private volatile boolean stopping;
    private volatile boolean ended;
    private Thread writer;

    ProbedRun(ProbeStore store, ProbeConfig config, ProbeStore.Taken taken, String instance, Secrets secrets) {
        this.store = store;
        this.config = config;
        this.lease = taken.lease();
        this.instance = instance;
        this.plan = taken.plan();
        this.time = new Timeline(taken.beganAt(), Instant.now());
        var used = new TrackingSecrets(secrets);
        long seed = lease.runId() * 31 + lease.fence();
        this.probers = List.of(
                new Prober(Prober.Kind.NEW, plan, time, seed, used, this::failed),
                new Prober(Prober.Kind.KEPT, plan, time, seed, used, this::failed));
        if (lease.fence() > 1) {
            store.sent(lease.runId()).forEach((kind, sent) -> sent.forEach(each -> all.add(judged(kind, each))));
        }
        this.writtenUs = time.nowUs();
    }

    void start() {
        probers.forEach(Prober::start);
        writer = new Thread(this::writeOnAndOn, "probe-writer-" + lease.runId());
        writer.setDaemon(true);
        writer.start();
    }

    boolean ended() {
        return ended;
    }

    /** How many probes failed here so far, as soon as they did. */
    int failures() {
        return failed.get();
    }

    /** Is called whenever a probe has failed; must return at once. */
    AutoCloseable onFailure(Runnable alarm) {
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    /** Looks at once whether it is to go on. */
    void wake() {
        awake.release();
    }

    synchronized int sentSince(Instant since) {
        double from = since.toEpochMilli();
        return (int) all.stream().filter(probe -> probe.sentMs() >= from).count();
    }

    private void failed() {
        if (failed.incrementAndGet() == 1) {
            awake.release();
        }
        alarms.forEach(Runnable::run);
    }

    private void writeOnAndOn() {
        try {
            while (!stopping) {
                if (awake.tryAcquire(config.write().toMillis(), TimeUnit.MILLISECONDS)) {
                    awake.drainPermits();
                }
                boolean mine = write();
                if (!mine || store.isOver(lease.runId())) {
                    leave(mine);
                    return;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            Log.warnf(e, "the probing of run %d failed here; another instance goes on with it", lease.runId());
            probers.forEach(Prober::stop);
            ended = true;
        }
    }

    /** The run is over, or somebody else probes it. */
    private void leave(boolean mine) {
        probers.forEach(Prober::stop);
        if (mine) {
            write();
            store.end(lease.runId());
        }
        ended = true;
    }

    /** Waits until what was sent before this moment is over, at most as long as a probe may take, and writes it down. */
    void settle() {
        long now = time.nowUs();
        long deadline = System.nanoTime()
                + plan.timeout().toNanos()
                + Duration.ofMillis(200).toNanos();
        while (probers.stream().anyMatch(prober -> prober.settledUs(now) < now) && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        countAgainAt = 0;
        write();
    }

    /** @return false when this run is not ours any more */
    private synchronized boolean write() {
        try {
            long now = time.nowUs();
            List<Piece> gathered = gather(now);
            String result = System.nanoTime() - countAgainAt >= 0 || countAgainAt == 0 ? count(now) : null;
            if (!store.write(lease, instance, pieces, gathered, time, result, config.lease())) {
                return false;
            }
            pieces++;
            writtenUs = now;
            unwritten.clear();
            unwrittenSlots.clear();
            return true;
        } catch (SQLException | IllegalStateException away) {
            Log.warnf(
                    "what the probes of run %d saw could not be written, trying again: %s",
                    lease.runId(), away.getMessage());
            return true;
        }
    }

    private List<Piece> gather(long now) {
        var gathered = new ArrayList<Piece>();
        for (Prober prober : probers) {
            List<Sent> fresh = prober.take();
            fresh.forEach(each -> all.add(judged(prober.kind(), each)));
            unwritten.computeIfAbsent(prober.kind(), kind -> new ArrayList<>()).addAll(fresh);
            unwrittenSlots.merge(prober.kind(), prober.takePlanned(), Integer::sum);
            gathered.add(new Piece(
                    prober.kind(), writtenUs, now, unwrittenSlots.get(prober.kind()), unwritten.get(prober.kind())));
        }
        return gathered;
    }

    private Probe judged(Prober.Kind kind, Sent sent) {
        long slotUs = plan.every().toNanos() / 1000;
        return sent.asProbe(kind.judged, time.beganMs(), slotUs, plan.timeout().toNanos() / 2000);
    }

    private String count(long now) {
        long began = System.nanoTime();
        long settled = probers.stream()
                .mapToLong(prober -> prober.settledUs(now))
                .min()
                .orElse(now);
        double until = all.stream().mapToDouble(Probe::sentMs).max().orElse(time.beganMs());
        Availability counted = Availability.of(
                time.beganMs(),
                Math.max(until, time.beganMs() + settled / 1000.0),
                plan.every().toNanos() / 1e6,
                all,
                store.steps(lease.runId()));
        long ended = System.nanoTime();
        countAgainAt = ended + Math.min(LONGEST_REST, (ended - began) * RESTS);
        return ProbeView.text(counted);
    }

    /** This instance stops: another one may go on at once. */
    void handOver() {
        stopping = true;
        writer.interrupt();
        probers.forEach(Prober::stop);
        if (write()) {
            store.release(lease);
        }
        ended = true;
    }
}
