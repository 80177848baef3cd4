package dev.switchback.probe;

import dev.switchback.secret.Secrets;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.verdict.Availability;
import dev.switchback.verdict.Availability.StepWindow;
import dev.switchback.verdict.Probe;
import dev.switchback.verdict.ProbeCount;
import io.quarkus.logging.Log;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The probers of one run on this instance, and the writing down of what they see. A database that is away for a
 * moment loses nothing: what was not written is kept and written later, for as long as nobody else has taken over.
 * Safe for use by several threads.
 */
final class ProbedRun {

    /** Who begins needs a moment for it; the first slot begins after it. */
    private static final Duration BEGINS_IN = Duration.ofMillis(50);

    /** When a step began or ended is known so much later at the latest. */
    private static final double KNOWN_AFTER_MS = 5_000;

    private final ProbeStore store;
    private final ProbeConfig config;
    private final ProbeStore.Lease lease;
    private final String instance;
    private final ProbePlan plan;
    private final Timeline time;
    private final List<Prober> probers;
    private final List<Piece> unwritten = new ArrayList<>();
    private final Semaphore awake = new Semaphore(0);
    private final AtomicInteger failed = new AtomicInteger();
    private final List<Runnable> alarms = new CopyOnWriteArrayList<>();
    private ProbeCount count;
    private double lastSentMs;
    private long gatheredUs;
    private long settledUs;
    private long pieces;
    private int failedWritten;
    private volatile boolean stopping;
    private volatile boolean ended;
    private Thread writer;

    ProbedRun(ProbeStore store, ProbeConfig config, ProbeStore.Taken taken, String instance, Secrets secrets) {
        this.store = store;
        this.config = config;
        this.lease = taken.lease();
        this.instance = instance;
        this.plan = taken.plan();
        this.failedWritten = taken.failed();
        Instant now = Instant.now();
        this.time = new Timeline(isFirst() ? now.plus(BEGINS_IN) : taken.beganAt(), now);
        this.lastSentMs = time.beganMs();
        var used = new TrackingSecrets(secrets);
        long seed = lease.runId() * 31 + lease.fence();
        this.probers = Prober.of(new Prober.Probed(lease.runId(), plan, time, seed, used, this::failed));
        this.gatheredUs = Math.max(0, time.nowUs());
    }

    /** Nobody probed this run before: the time that is probed begins with the first slot. Steps wait for it. */
    private boolean isFirst() {
        return lease.fence() == 1;
    }

    /** What was sent before is counted while the probers send already: nobody waits for it. */
    private void goOnCounting() {
        var before = new ProbeCount(time.beganMs(), plan.every().toNanos() / 1e6);
        if (!isFirst()) {
            countAgain(before);
        }
        count = before;
    }

    private void countAgain(ProbeCount before) {
        List<StepWindow> steps = store.steps(lease.runId());
        double slowestMs = plan.timeout().toMillis() + KNOWN_AFTER_MS;
        store.sent(lease.runId(), (kind, from, sent) -> {
            sent.forEach(each -> add(before, kind, each));
            before.settle(from.toEpochMilli() - slowestMs, steps);
        });
    }

    private void add(ProbeCount to, Prober.Kind kind, Sent sent) {
        Probe probe = judged(kind, sent);
        to.add(probe);
        lastSentMs = Math.max(lastSentMs, probe.sentMs());
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

    /** Whether both steady probers have sent. */
    boolean isReady() {
        return probers.stream().filter(prober -> prober.kind().isSteady()).allMatch(Prober::hasSent);
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
                if (!mine || isOver()) {
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

    /** As long as nobody can tell, it is not. */
    private boolean isOver() {
        try {
            return store.isOver(lease.runId());
        } catch (IllegalStateException away) {
            Log.debugf(away, "whether run %d is over is not known", lease.runId());
            return false;
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
        write();
    }

    /** @return false when this run is not ours any more */
    private synchronized boolean write() {
        try {
            if (count == null) {
                goOnCounting();
            }
            gather();
            boolean singly = failedWritten < ProbeStore.SINGLY;
            String result = ProbeView.text(counted());
            if (!store.write(lease, instance, unwritten, singly, time, result, config.lease())) {
                return false;
            }
            failedWritten += unwritten.stream().mapToInt(Piece::failed).sum();
            unwritten.clear();
            return true;
        } catch (SQLException | IllegalStateException away) {
            Log.warnf(
                    "what the probes of run %d saw could not be written, trying again: %s",
                    lease.runId(), away.getMessage());
            return true;
        }
    }

    /** Takes what is over; what was asked before that is older than anything that is still to come. */
    private void gather() {
        long now = Math.max(gatheredUs, time.nowUs());
        settledUs = probers.stream()
                .mapToLong(prober -> prober.settledUs(now))
                .min()
                .orElse(now);
        for (Prober prober : probers) {
            List<Sent> fresh = prober.take();
            fresh.forEach(each -> add(count, prober.kind(), each));
            unwritten.add(new Piece(pieces, prober.kind(), gatheredUs, now, prober.takePlanned(), fresh));
        }
        pieces++;
        gatheredUs = now;
    }

    private Availability counted() {
        List<StepWindow> steps = store.steps(lease.runId());
        double settledMs = time.beganMs() + settledUs / 1000.0;
        count.settle(settledMs - KNOWN_AFTER_MS, steps);
        return count.until(Math.max(lastSentMs, settledMs), steps);
    }

    private Probe judged(Prober.Kind kind, Sent sent) {
        long slotUs = plan.every().toNanos() / 1000;
        return sent.asProbe(kind, time.beganMs(), slotUs, plan.timeout().toNanos() / 2000);
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
