package dev.switchback.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who drives which run just now. */
@ApplicationScoped
class Drivers {

    @Inject
    EntityManager entities;

    /** The driver of a run that moves; empty when it does not move. */
    Optional<Driver> of(long runId) {
        @SuppressWarnings("unchecked")
        List<Object[]> rows = entities.createNativeQuery("SELECT r.instance, cast(extract(epoch FROM clock_timestamp()"
                        + " - i.heard_at) * 1000 AS bigint), coalesce(i.draining, false), r.lease_until,"
                        + " coalesce(r.lease_until > clock_timestamp(), false) FROM run r LEFT JOIN instance"
                        + " i ON i.name = r.instance WHERE r.id = :id AND r.state IN ('running',"
                        + " 'rolling-back')")
                .setParameter("id", runId)
                .getResultList();
        return rows.stream()
                .findFirst()
                .map(row -> new Driver(
                        (String) row[0],
                        row[1] == null ? null : Duration.ofMillis(Math.max(0, (Long) row[1])),
                        (Boolean) row[2],
                        (Instant) row[3],
                        (Boolean) row[4]));
    }
}
