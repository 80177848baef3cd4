package dev.switchback.comparison;

import dev.switchback.measurement.Measurement;
import dev.switchback.platform.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What else was changed on a service while it was measured: steps of runs that acted there. Asked of the tables, because
 * the room of the runs shows comparisons and therefore cannot be seen from here.
 */
@ApplicationScoped
class OtherChanges {

    @Inject
    EntityManager entities;

    /**
     * What another run did on the same service and in the same environment while this was measured.
     *
     * @param own the run whose legs are compared, or null
     */
    List<String> during(Measurement measurement, Long own) {
        if (measurement.startedAt() == null || measurement.endedAt() == null) {
            return List.of();
        }
        return runs(acting(measurement, measurement.startedAt(), measurement.endedAt(), false)).stream()
                .filter(run -> !List.of(or(own), or(measurement.run())).contains(run.id()))
                .map(run -> "run " + run.id() + " of " + run.migration() + " changed " + measurement.service())
                .toList();
    }

    /** What runs of other migrations did between two sittings; the run of this one is the change itself. */
    List<String> between(Measurement first, Measurement second) {
        if (first.endedAt() == null
                || second.startedAt() == null
                || !first.endedAt().isBefore(second.startedAt())) {
            return List.of();
        }
        return runs(acting(second, first.endedAt(), second.startedAt(), true)).stream()
                .map(run -> "run " + run.id() + " of " + run.migration() + " changed " + second.service()
                        + " between the sides")
                .toList();
    }

    /** What any run did on the same service and in the same environment since this was measured. */
    List<String> since(Measurement measurement, Instant now) {
        return measurement.endedAt() == null
                ? List.of()
                : runs(acting(measurement, measurement.endedAt(), now, false)).stream()
                        .map(run -> "run " + run.id() + " of " + run.migration() + " changed " + measurement.service())
                        .toList();
    }

    private static long or(Long run) {
        return run == null ? -1 : run;
    }

    private record Acting(long id, String migration) {}

    @SuppressWarnings("unchecked")
    private List<Acting> runs(Statement statement) {
        List<Object[]> rows = statement.in(entities, Object[].class).getResultList();
        return rows.stream()
                .map(row -> new Acting(((Number) row[0]).longValue(), (String) row[1]))
                .toList();
    }

    /**
     * The runs of which a step acted within a time. A step that waits or only looks changes nothing.
     *
     * @param othersOnly leaves out the runs of this migration
     */
    static Statement acting(Measurement place, Instant from, Instant to, boolean othersOnly) {
        return acting(
                place.environment().id(), place.service(), place.migration().id(), from, to, othersOnly);
    }

    static Statement acting(
            long environment, String service, long migration, Instant from, Instant to, boolean othersOnly) {
        return new Statement(
                "SELECT r.id, m.key FROM run r JOIN migration m ON m.id = r.migration_id"
                        + " WHERE r.environment_id = :environment AND r.service = :service"
                        + (othersOnly ? " AND r.migration_id <> :migration" : "")
                        + " AND r.started_at < :to AND (r.ended_at IS NULL OR r.ended_at > :from)"
                        + " AND EXISTS (SELECT 1 FROM run_step s WHERE s.run_id = r.id"
                        + " AND s.kind NOT IN ('wait', 'check', 'measure')"
                        + " AND s.started_at < :to AND (s.ended_at IS NULL OR s.ended_at > :from))"
                        + " ORDER BY r.id LIMIT 20",
                Map.of(
                        "environment", environment,
                        "service", service,
                        "migration", migration,
                        "from", from,
                        "to", to));
    }
}
