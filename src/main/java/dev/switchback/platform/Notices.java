package dev.switchback.platform;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Words between the instances, over {@code LISTEN} and {@code NOTIFY}: who tells something reaches the listeners of all
 * other instances within milliseconds. A notice is a hint and never the truth: whoever hears one reads the database, and
 * looks there now and then without one, because what is told while a connection is broken reaches nobody.
 *
 * <p>It works on two connections of its own, so that a pool that is used up keeps nobody from hearing, and tells after
 * the commit in a transaction of its own: PostgreSQL lets only one transaction with a notice commit at a time, which
 * would make the writers of all logs wait for each other's disk. What is told often in a short time is told once. Safe
 * for use by several threads; telling never waits and never fails.
 */
@ApplicationScoped
public class Notices {

    private static final String CHANNEL = "switchback";

    /** Silence after which it is asked whether the connection still lives. */
    private static final int SILENCE_MS = 2_000;

    /** From the second notice on, so much time is left for more to gather. */
    private static final int GATHER_MS = 2;

    private final DatabaseWatch watch;
    private final Outbox outbox = new Outbox();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final OwnConnection mouth;
    private final OwnConnection ear;
    private volatile boolean alone;

    /** Hears what other instances tell. Must return at once. */
    public interface Listener {

        /** Somebody told this. */
        void heard(String notice);

        /** The connection is there again: anything may have been told while it was not. */
        void missed();
    }

    @Inject
    Notices(DatabaseAddress address, DatabaseWatch watch) {
        this(address.url, address.user.orElse(""), address.password.orElse(""), watch);
    }

    /** On this database; nothing happens before {@link #start()}. */
    public Notices(String url, String user, String password, DatabaseWatch watch) {
        var address = new OwnConnection.Address(url, user, password);
        this.watch = watch;
        this.mouth = new OwnConnection(address, "switchback tells", () -> {});
        this.ear = new OwnConnection(address, "switchback listens", watch::isSilent);
    }

    /** One that tells nobody and hears nothing, for who works alone. */
    public static Notices none() {
        return new Notices("", "", "", new DatabaseWatch(InstantSource.system()));
    }

    /** Tells all other instances, soon. A notice is a few words, such as {@code run 17}. */
    public void tell(String notice) {
        if (!alone) {
            outbox.put(notice);
        }
    }

    /**
     * Whether nobody is there to hear. One that has just come reads everything when it begins to listen, and looks by
     * itself until it is noticed.
     */
    public void alone(boolean now) {
        alone = now;
    }

    /** Calls the listener from now on, until the process ends. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    void start(@Observes @Priority(2000) StartupEvent event) {
        start();
    }

    void stop(@Observes @Priority(3000) ShutdownEvent event) {
        stop();
    }

    /** Opens the connections; returns at once. */
    public void start() {
        ear.keep("notices-ear", this::hear);
        mouth.keep("notices-mouth", this::speak);
    }

    /** Closes them; nothing is heard afterwards. */
    public void stop() {
        ear.close();
        mouth.close();
    }

    private void hear(OwnConnection.Open connection) throws SQLException {
        connection.execute("LISTEN " + CHANNEL);
        watch.answers();
        each(Listener::missed);
        while (true) {
            List<OwnConnection.Notice> heard = connection.wait(SILENCE_MS);
            if (heard.isEmpty()) {
                connection.execute("SELECT 1");
            }
            watch.answers();
            for (OwnConnection.Notice notice : heard) {
                if (notice.from() != mouth.backend()) {
                    each(listener -> listener.heard(notice.text()));
                }
            }
        }
    }

    private void speak(OwnConnection.Open connection) throws SQLException, InterruptedException {
        do {
            connection.tell(CHANNEL, outbox.take());
        } while (mouth.rest(GATHER_MS));
    }

    private void each(Consumer<Listener> call) {
        for (Listener listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                Log.errorf(e, "who listens to other instances failed; the next notice comes all the same");
            }
        }
    }
}
