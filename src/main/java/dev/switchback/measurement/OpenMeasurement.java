package dev.switchback.measurement;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.sampling.HostLoad;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.sampling.TakeSamples;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Opens a measurement that this instance carries out: the row, its lease and its metrics in one transaction. */
@ApplicationScoped
class OpenMeasurement {

    private static final String UNIQUE_VIOLATION = "23505";

    @Inject
    Measurements measurements;

    @Inject
    MeasurementLeases leases;

    @Inject
    InstantSource clock;

    /**
     * A metric, and since when it is declared so.
     *
     * @param plan what is asked, as it is kept and compared
     * @param sent what is really sent: the same, or its variant of the version beside
     */
    record Planned(MetricPlan plan, Instant declaredAt, MetricPlan sent) {

        Planned(MetricPlan plan, Instant declaredAt) {
            this(plan, declaredAt, plan);
        }
    }

    /** Every parameter that is not in the metrics themselves. */
    static ObjectNode parameters(long seed) {
        ObjectNode parameters = JsonNodeFactory.instance
                .objectNode()
                .put("seed", seed)
                .put("prober", TakeSamples.PROBER_VERSION)
                .put("java", Runtime.version().toString())
                .put("processors", HostLoad.now().processors());
        return parameters.put("host", host());
    }

    private static String host() {
        try {
            return java.net.InetAddress.getLocalHost().getHostName();
        } catch (java.net.UnknownHostException e) {
            return "localhost";
        }
    }

    /** A seed that every JSON reader can hold. */
    static long seed() {
        return ThreadLocalRandom.current().nextLong(1L << 52);
    }

    /**
     * Within the transaction of the caller, which fails with a unique violation when another one is under way there.
     *
     * @param leftOut why metrics are not measured along
     */
    Work open(Measurement.About about, List<Planned> planned, List<Obstacle> leftOut) {
        Measurement made = Measurement.beginning(about, clock.instant());
        measurements.persistAndFlush(made);
        measurements
                .getEntityManager()
                .createNativeQuery("UPDATE measurement SET instance = :instance,"
                        + " lease_until = clock_timestamp() + :lease * interval '1 ms', likely_end_at = :likely"
                        + " WHERE id = :id")
                .setParameter("instance", leases.instance())
                .setParameter("lease", leases.leaseMillis())
                .setParameter("likely", likelyEnd(planned))
                .setParameter("id", made.id())
                .executeUpdate();
        var plans = new LinkedHashMap<Long, MetricPlan>();
        for (Planned each : planned) {
            MeasuredMetric metric = MeasuredMetric.pending(made, plans.size(), each.plan(), each.declaredAt());
            measurements.getEntityManager().persist(metric);
            plans.put(metric.id(), each.sent());
        }
        return new Work(
                made.id(),
                EnvironmentContent.of(about.environmentContent()),
                plans,
                leftOut,
                about.parameters().path("seed").asLong());
    }

    /** When it is over if nothing has to be waited for, so that it can be said at once. */
    private Instant likelyEnd(List<Planned> planned) {
        return planned.stream().map(each -> each.plan().expected()).reduce(clock.instant(), Instant::plus, (a, b) -> a);
    }

    /** Whether it failed because another one is under way for that service there. */
    static boolean isLocked(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
