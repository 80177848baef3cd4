package dev.switchback.probe;

import dev.switchback.secret.Secrets;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The probing of runs, from before their first step until after their last, also while nobody drives them because a
 * person is asked. Each run is probed by one instance, under a lease of its own; when that instance falls silent another
 * one goes on, and the time between stays a gap. Safe for use by several threads.
 */
@ApplicationScoped
public class Probing {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration READY = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofMillis(20);

    @Inject
    ProbeStore store;

    @Inject
    ProbeConfig config;

    @Inject
    Secrets secrets;

    private final Map<Long, ProbedRun> here = new ConcurrentHashMap<>();
    private String instance;
    private Thread looking;
    private volatile boolean stopping;

    /** What this instance probed before it was killed it goes on with at once. */
    public void start(String name) {
        instance = name;
        store.release(name);
        looking = new Thread(this::lookOnAndOn, "probing");
        looking.setDaemon(true);
        looking.start();
    }

    /** Lets go of everything; other instances go on. */
    public void stop() {
        stopping = true;
        if (looking != null) {
            looking.interrupt();
        }
        here.values().forEach(ProbedRun::handOver);
        here.clear();
    }

    private void lookOnAndOn() {
        while (!stopping) {
            try {
                here.values().removeIf(ProbedRun::ended);
                store.free().forEach(this::take);
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException away) {
                Log.debugf(away, "runs to be probed could not be looked for");
                pause(LOOK);
            }
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void take(long runId) {
        if (stopping) {
            return;
        }
        store.take(runId, instance, config.lease()).ifPresent(taken -> {
            var run = new ProbedRun(store, config, taken, instance, secrets);
            here.put(runId, run);
            run.start();
        });
    }

    /** From now on this run is probed; in the transaction that begins it. */
    public void begin(long runId, ProbePlan plan) {
        store.begin(runId, plan, Instant.ofEpochMilli(System.currentTimeMillis()));
    }

    /** Comes back when both probers of the run have sent, here or elsewhere; after 3 s in any case. */
    public void ready(long runId) {
        long deadline = System.nanoTime() + READY.toNanos();
        while (System.nanoTime() < deadline) {
            ProbedRun probed = here.get(runId);
            if (probed == null ? isProbed(runId) : probed.isReady()) {
                return;
            }
            if (probed == null) {
                take(runId);
            }
            pause(here.containsKey(runId) ? SOON : LOOK);
        }
    }

    private boolean isProbed(long runId) {
        return store.standing(runId)
                .map(now -> !now.running() || now.instance() != null && now.writtenUntil() != null)
                .orElse(true);
    }

    /**
     * More probes failed than may.
     *
     * @param failed how many that count, in the whole run
     * @param tolerated how many may
     * @param lately how many of them failed in the time that was asked about
     * @param sent how many were sent in that time
     * @param kinds in which way those failed
     */
    public record TooMany(int failed, int tolerated, int lately, int sent, String kinds) {

        /** As a sentence goes on: "5 of 1,259 probes failed during it: 3 refused, 2 timed out; 0 are tolerated". */
        public String words(String when) {
            String those = number(lately) + " of " + number(sent) + " probes failed " + when
                    + (kinds.isEmpty() ? "" : ": " + kinds);
            String all = lately == failed ? "" : "; " + number(failed) + " in all";
            return those + all + "; " + number(tolerated) + (tolerated == 1 ? " is" : " are") + " tolerated";
        }

        /** "5 probes failed in all; 0 are tolerated". */
        public String inAll() {
            return number(failed) + (failed == 1 ? " probe" : " probes") + " failed in all; " + number(tolerated)
                    + (tolerated == 1 ? " is" : " are") + " tolerated";
        }

        private static String number(int count) {
            return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(count);
        }
    }

    /**
     * Asks, when a step has been carried out, whether the service bore it. What is still under way is waited for.
     *
     * @param since when the step began: its kinds of failure are told
     * @return empty when no more failed than is tolerated, or than a person has accepted
     */
    public Optional<TooMany> tooMany(long runId, Instant since) {
        Optional.ofNullable(here.get(runId)).ifPresent(ProbedRun::settle);
        return store.standing(runId)
                .filter(now -> now.counted() > now.allowed())
                .map(now -> tooMany(runId, since, now));
    }

    private TooMany tooMany(long runId, Instant since, ProbeStore.Standing now) {
        Map<String, Integer> kinds = store.kinds(runId, since);
        return new TooMany(
                now.counted(),
                now.tolerated(),
                kinds.values().stream().mapToInt(Integer::intValue).sum(),
                store.sentSince(runId, now.beganAt(), since),
                words(kinds));
    }

    /** More failed than is tolerated, whatever a person has accepted since. */
    public Optional<TooMany> notHeld(long runId, Instant since) {
        return store.standing(runId)
                .filter(now -> now.counted() > now.tolerated())
                .map(now -> tooMany(runId, since, now));
    }

    private static String words(Map<String, Integer> kinds) {
        return kinds.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Calls once, from another thread, when more probes have failed than may; to be closed. */
    public AutoCloseable whenTooMany(long runId, Runnable alarm) {
        ProbedRun run = here.get(runId);
        Optional<ProbeStore.Standing> now = run == null ? Optional.empty() : store.standing(runId);
        if (now.isEmpty()) {
            return () -> {};
        }
        int left = now.get().allowed() - now.get().counted();
        int before = run.failures();
        return run.onFailure(() -> {
            if (run.failures() - before > left) {
                alarm.run();
            }
        });
    }

    /**
     * Until when it is to be probed after the last step; the time begins with the first call. Empty when the run is not
     * probed, or not any more.
     */
    public Optional<Instant> tail(long runId, Instant now) {
        return store.standing(runId).filter(ProbeStore.Standing::running).map(standing -> {
            if (standing.until() == null) {
                store.until(runId, now.plus(config.tail()));
            }
            return standing.until() == null ? now.plus(config.tail()) : standing.until();
        });
    }

    /** How long it is probed after the last step. */
    public Duration tail() {
        return config.tail();
    }

    /** Not yet: the run goes on, and after its last step the time begins anew. */
    public void goOn(long runId) {
        store.until(runId, null);
    }

    /** A person lets the run go on, with what has failed so far. */
    public void accept(long runId) {
        store.accept(runId);
    }

    /** The run is over, and with it the probing; in the transaction that ends it. */
    public void end(long runId) {
        store.end(runId);
        Optional.ofNullable(here.get(runId)).ifPresent(ProbedRun::wake);
    }

    /**
     * What the page of a run shows; empty when it is not probed.
     *
     * @param begins when its steps began, in time order
     */
    public Optional<ProbeCard> card(long runId, List<ProbeCard.Begin> begins) {
        return store.row(runId).map(row -> {
            Instant to = row.writtenUntil() == null ? row.beganAt() : row.writtenUntil();
            Duration stretch = ProbeCard.stretch(row.beganAt(), to);
            return ProbeCard.of(row, stretch, store.stretches(runId, row.beganAt(), stretch), begins);
        });
    }

    /** What the probes of these runs came to; runs that were not probed are absent. */
    public Map<Long, ProbeView> views(Collection<Long> runIds) {
        var views = new HashMap<Long, ProbeView>();
        store.results(runIds).forEach((id, text) -> views.put(id, ProbeView.of(text)));
        return views;
    }
}
