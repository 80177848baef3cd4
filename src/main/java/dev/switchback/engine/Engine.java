package dev.switchback.engine;

import dev.switchback.run.RunFeed;
import dev.switchback.run.RunLog.LostLeaseException;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Finds due runs and drives each on a thread of its own; beats for the leases it holds. A run whose lease it cannot
 * renew is dropped before the lease runs out for the others, so that no two instances ever work on one step.
 */
@ApplicationScoped
public class Engine {

    private static final Duration BEAT = Duration.ofSeconds(1);

    @Inject
    EngineConfig config;

    @Inject
    Leases leases;

    @Inject
    RunDriver driver;

    @Inject
    RunFeed feed;

    @Inject
    InstantSource clock;

    @ConfigProperty(name = "quarkus.http.port")
    int port;

    private final Map<Lease, Held> held = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private ExecutorService drivers;
    private Thread looking;
    private Thread beating;
    private RunFeed.Subscription subscription;
    private volatile boolean stopping;
    private String instance;

    /** A lease with its driver's reins, and when it was last renewed. */
    private static final class Held {
        private final Reins reins = new Reins();
        private volatile long renewedAtMillis;

        private Held(long now) {
            renewedAtMillis = now;
        }
    }

    void start(@Observes @Priority(3000) StartupEvent event) {
        instance = config.instance().orElseGet(this::nameOfHere);
        drivers = Executors.newFixedThreadPool(config.runs(), runnable -> {
            var thread = new Thread(runnable, "run-driver");
            thread.setDaemon(true);
            return thread;
        });
        var stranded = leases.releaseAllOf(instance);
        if (!stranded.isEmpty()) {
            Log.warnf("runs %s were driven by this instance before it stopped; they are taken up again", stranded);
        }
        subscription = feed.onChange(RunFeed.EVERY_RUN, news::release);
        looking = daemon("run-finder", this::look);
        beating = daemon("run-heart", this::beat);
    }

    private String nameOfHere() {
        try {
            return InetAddress.getLocalHost().getHostName() + ":" + port;
        } catch (UnknownHostException e) {
            return "localhost:" + port;
        }
    }

    private static Thread daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void look() {
        while (!stopping) {
            try {
                takeDueRuns();
                if (news.tryAcquire(config.look().toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                    askWishes();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                Log.errorf(e, "due runs could not be found; looking again in %s", config.look());
                sleep(config.look());
            }
        }
    }

    private static void sleep(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeDueRuns() {
        int free = config.runs() - held.size();
        if (free <= 0) {
            return;
        }
        for (long runId : leases.due(clock.instant(), free)) {
            leases.take(runId, instance, clock.instant(), config.lease()).ifPresent(this::drive);
        }
    }

    private void drive(Lease lease) {
        var mine = new Held(clock.millis());
        held.put(lease, mine);
        drivers.execute(() -> {
            try {
                driver.drive(lease, mine.reins);
            } catch (LostLeaseException e) {
                Log.warnf("run %d is driven by somebody else now; this driver wrote nothing more", lease.runId());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                Log.errorf(
                        e,
                        "the driver of run %d failed; the run is taken up again when its lease has run out",
                        lease.runId());
                held.remove(lease);
                return;
            }
            letGo(lease);
        });
    }

    private void letGo(Lease lease) {
        held.remove(lease);
        try {
            leases.release(lease);
        } catch (RuntimeException e) {
            Log.warnf("the lease of run %d could not be given back; it runs out by itself", lease.runId());
        }
        // The run may have become due between the driver's last look and its letting go.
        news.release();
    }

    private void beat() {
        while (!stopping) {
            askWishes();
            sleep(BEAT);
        }
    }

    private void askWishes() {
        held.forEach(this::renew);
    }

    private void renew(Lease lease, Held mine) {
        long attempt = mine.reins.attempt();
        try {
            leases.renew(lease, clock.instant(), config.lease())
                    .ifPresentOrElse(
                            beat -> {
                                mine.renewedAtMillis = clock.millis();
                                mine.reins.wish(beat.wanted(), attempt);
                            },
                            mine.reins::drop);
        } catch (RuntimeException e) {
            // Two thirds of the lease are over: end the step now, so that it is over before somebody else begins.
            if (clock.millis() - mine.renewedAtMillis > config.lease().toMillis() * 2 / 3) {
                Log.errorf("the lease of run %d cannot be renewed; its step is ended here", lease.runId());
                mine.reins.drop();
            }
        }
    }

    void stop(@Observes @Priority(1000) ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (subscription != null) {
            subscription.close();
        }
        held.values().forEach(mine -> mine.reins.drop());
        looking.interrupt();
        beating.interrupt();
        drivers.shutdown();
        if (!drivers.awaitTermination(15, TimeUnit.SECONDS)) {
            Log.warn("a step did not end in time; its run tells so after the next start");
        }
    }
}
