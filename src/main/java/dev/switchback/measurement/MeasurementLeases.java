package dev.switchback.measurement;

import dev.switchback.platform.Notices;
import io.quarkus.agroal.DataSource;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which measurements this instance carries out. It renews their leases by the database's clock, ends those that a person
 * stopped anywhere, and marks as interrupted what nobody carries out any more, on whichever instance that was.
 */
@ApplicationScoped
class MeasurementLeases {

    private static final String NOTICE = "measurement ";

    private static final String RENEW = "UPDATE measurement SET lease_until = clock_timestamp() + ? * interval '1 ms'"
            + " WHERE id = ANY(?) AND instance = ? AND state = 'running' RETURNING id, stopped_by";

    private static final String OVER = " RETURNING id) , metrics AS (UPDATE measurement_metric m"
            + " SET state = 'interrupted', ended_at = clock_timestamp() FROM gone WHERE m.measurement_id = gone.id"
            + " AND m.state IN ('pending', 'running')) SELECT id FROM gone";

    private static final String INTERRUPT = "WITH gone AS (UPDATE measurement SET state = 'interrupted', message = ?,"
            + " expected = 'a measurement that is taken to its end: measure again', progress = NULL,"
            + " likely_end_at = NULL, lease_until = NULL, ended_at = clock_timestamp() WHERE state = 'running' AND ";

    @Inject
    MeasurementConfig config;

    /** Connections that no page uses. */
    @Inject
    @DataSource("engine")
    javax.sql.DataSource database;

    @Inject
    ScheduledExecutorService timer;

    @Inject
    Notices notices;

    @ConfigProperty(name = "switchback.engine.instance")
    Optional<String> wantedName;

    @ConfigProperty(name = "quarkus.http.port")
    int port;

    private final Map<Long, UnderWay> ours = new ConcurrentHashMap<>();
    private String name;
    private String instance;
    private ScheduledFuture<?> beating;
    private volatile long renewedAt = System.nanoTime();
    private volatile boolean stopping;

    void start(@Observes @Priority(3100) StartupEvent event) {
        name = wantedName.orElseGet(() -> host() + ":" + port);
        // A name of this very process: what an earlier one left is not mistaken for what this one does.
        instance = name + " " + UUID.randomUUID();
        long every = Math.max(100, config.lease().toMillis() / 10);
        beating = timer.scheduleWithFixedDelay(this::beat, 0, every, TimeUnit.MILLISECONDS);
        notices.listen(new Notices.Listener() {
            @Override
            public void heard(String notice) {
                if (notice.startsWith(NOTICE) && ours.containsKey(Long.parseLong(notice.substring(NOTICE.length())))) {
                    timer.execute(MeasurementLeases.this::beat);
                }
            }

            @Override
            public void missed() {
                // The next beat looks anyway.
            }
        });
    }

    /** Before the database goes: what is under way ends as interrupted, and says so itself. */
    void stop(@Observes @Priority(100) ShutdownEvent event) {
        stopping = true;
        if (beating != null) {
            beating.cancel(false);
        }
        ours.values().forEach(each -> each.interrupt("Interrupted: Switchback was shut down"));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** What the rows of this process carry. */
    String instance() {
        return instance;
    }

    /** For how long a lease is good, in milliseconds. */
    long leaseMillis() {
        return config.lease().toMillis();
    }

    boolean isStopping() {
        return stopping;
    }

    /** From now on it is renewed. */
    void carry(UnderWay measurement) {
        if (ours.isEmpty()) {
            renewedAt = System.nanoTime();
        }
        ours.put(measurement.id(), measurement);
        if (stopping) {
            measurement.interrupt("Interrupted: Switchback was shut down");
        }
    }

    /** It is over. */
    void release(UnderWay measurement) {
        ours.remove(measurement.id(), measurement);
    }

    /** A person ended it: at once when it is ours, else whose it is hears of it. */
    void stopped(long id, String by) {
        UnderWay here = ours.get(id);
        if (here == null) {
            notices.tell(NOTICE + id);
        } else {
            here.stop(by);
        }
    }

    /** Renews, ends what is to end, and sweeps. */
    void beat() {
        try (Connection connection = database.getConnection()) {
            renew(connection);
            sweep(connection);
        } catch (SQLException | RuntimeException e) {
            giveUpWhatIsOld();
        }
    }

    private void renew(Connection connection) throws SQLException {
        if (ours.isEmpty()) {
            renewedAt = System.nanoTime();
            return;
        }
        List<UnderWay> asked = List.copyOf(ours.values());
        var still = new HashSet<Long>();
        long sentAt = System.nanoTime();
        try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
            renew.setLong(1, leaseMillis());
            renew.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", asked.stream().map(UnderWay::id).toArray()));
            renew.setString(3, instance);
            try (ResultSet rows = renew.executeQuery()) {
                while (rows.next()) {
                    still.add(rows.getLong(1));
                    Optional.ofNullable(rows.getString(2)).ifPresent(stopper(rows.getLong(1)));
                }
            }
        }
        renewedAt = sentAt;
        endLost(asked, still);
    }

    private java.util.function.Consumer<String> stopper(long id) {
        return by -> Optional.ofNullable(ours.get(id)).ifPresent(here -> here.stop(by));
    }

    private void endLost(List<UnderWay> asked, Set<Long> still) {
        asked.stream()
                .filter(each -> !still.contains(each.id()) && ours.containsKey(each.id()))
                .forEach(each -> each.interrupt("Interrupted: its lease ran out"));
    }

    /** Somebody else counts what was not renewed for a lease as interrupted by now. */
    private void giveUpWhatIsOld() {
        if (System.nanoTime() - renewedAt > TimeUnit.MILLISECONDS.toNanos(leaseMillis())) {
            ours.values().forEach(each -> each.interrupt("Interrupted: the database did not answer"));
        }
    }

    /** Marks as interrupted what nobody carries out: leases that ran out, and what an earlier process here left. */
    private void sweep(Connection connection) throws SQLException {
        var swept = new ArrayList<Long>();
        swept.addAll(interrupt(
                connection, "lease_until < clock_timestamp()", "Interrupted: the instance that took it fell silent"));
        swept.addAll(interrupt(
                connection,
                "split_part(instance, ' ', 1) = ? AND instance <> ?",
                "Interrupted: Switchback was started anew while it was taken",
                name,
                instance));
        if (!swept.isEmpty()) {
            Log.warnf("measurements %s were interrupted; what they had taken stands, and they are never judged", swept);
        }
    }

    private static List<Long> interrupt(Connection connection, String which, String why, String... parameters)
            throws SQLException {
        var ids = new ArrayList<Long>();
        try (PreparedStatement statement = connection.prepareStatement(INTERRUPT + which + OVER)) {
            statement.setString(1, why);
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 2, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        return ids;
    }
}
