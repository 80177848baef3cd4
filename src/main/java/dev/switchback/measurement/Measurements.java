package dev.switchback.measurement;

import dev.switchback.access.Seen;
import dev.switchback.access.Sight;
import dev.switchback.environment.Environment;
import dev.switchback.migration.MeasurementsOfMigration;
import dev.switchback.migration.Migration;
import dev.switchback.platform.Statement;
import dev.switchback.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was measured, and what is being measured. */
@ApplicationScoped
public class Measurements implements PanacheRepository<Measurement>, MeasurementsOfMigration {

    @Inject
    InstantSource clock;

    @Inject
    Sight sight;

    /** The measurement with this number, or a 404 that says so; the same when the one who asks must not see it. */
    public Measurement require(long id) {
        return findByIdOptional(id)
                .filter(this::isSeen)
                .orElseThrow(() -> Problem.notFound("There is no measurement " + id, "the number of a measurement")
                        .toException());
    }

    private boolean isSeen(Measurement measurement) {
        return sight.seesEverything() || sight.sees(measurement.where());
    }

    /** Its metrics, in the order in which they are measured. */
    public List<MeasuredMetric> metricsOf(Measurement measurement) {
        return getEntityManager()
                .createQuery(
                        "from MeasuredMetric where measurement = :measurement order by position", MeasuredMetric.class)
                .setParameter("measurement", measurement)
                .getResultList();
    }

    /** The metrics of several, by the number of the measurement, in one statement. */
    public Map<Long, List<MeasuredMetric>> metricsOf(Collection<Measurement> measurements) {
        if (measurements.isEmpty()) {
            return Map.of();
        }
        return getEntityManager()
                .createQuery(
                        "from MeasuredMetric where measurement in :measurements order by position",
                        MeasuredMetric.class)
                .setParameter("measurements", measurements)
                .getResultStream()
                .collect(Collectors.groupingBy(metric -> metric.measurement().id()));
    }

    /** The one that is under way for this service there, if any. */
    public Optional<Long> running(String service, Environment environment) {
        return getEntityManager()
                .createNativeQuery(
                        "SELECT id FROM measurement WHERE service = :service AND environment_id = :environment"
                                + " AND state = 'running' AND beside_id IS NULL",
                        Long.class)
                .setParameter("service", service)
                .setParameter("environment", environment.id())
                .getResultStream()
                .map(Long.class::cast)
                .findFirst();
    }

    /** All of a run, in the order in which they were taken. */
    public List<Measurement> sidesOf(long runId) {
        return find("runId = ?1 order by id", runId).list();
    }

    /** The same when the one who asks may see all of it; else nothing, as of a run that is not there. */
    public List<Measurement> seenSidesOf(long runId) {
        List<Measurement> all = sidesOf(runId);
        return all.stream().allMatch(this::isSeen) ? all : List.of();
    }

    /** All of these runs, in the order in which they were taken. */
    public List<Measurement> ofRuns(Collection<Long> runs) {
        return runs.isEmpty()
                ? List.of()
                : find("runId in ?1 order by id", runs).list();
    }

    /** The other side of a measurement whose blocks took turns with it; empty when it stands for itself. */
    public Optional<Measurement> otherSide(Measurement measurement) {
        return measurement.beside() == null
                ? find("besideId", measurement.id()).firstResultOptional()
                : findByIdOptional(measurement.beside());
    }

    /** The blocks that were added to a comparison, or are being added now. */
    public Optional<Measurement> extensionOf(long comparison) {
        return find("extendsId = ?1 and state in ('running', 'complete')", comparison)
                .firstResultOptional();
    }

    /**
     * A measurement of a run.
     *
     * @param legNo the leg, from 1
     * @param leg forward, back or again
     */
    public record OfRun(long id, int legNo, String leg, Moment moment, MeasurementState state) {}

    /** All of a run, in the order in which they were taken, without what they measured. */
    public List<OfRun> ofRun(long runId) {
        return sidesOf(runId).stream()
                .map(each -> new OfRun(each.id(), each.legNo(), each.leg(), each.moment(), each.state()))
                .toList();
    }

    /** The newest complete one of a migration there at this moment. */
    public Optional<Measurement> latest(Migration migration, Environment environment, Moment moment) {
        return find(
                        "migration = ?1 and environment = ?2 and moment = ?3 and state = 'complete' order by id desc",
                        migration,
                        environment,
                        moment.word())
                .firstResultOptional();
    }

    /**
     * The newest complete baseline that proves something and is not older than this: the same work, not quick, before the
     * change.
     *
     * @param workHash the name of the revision's work
     */
    public Optional<Measurement> freshBaseline(
            Migration migration, Environment environment, String workHash, Duration notOlderThan) {
        return find(
                        "from Measurement m where m.migration = ?1 and m.environment = ?2 and m.moment = 'before'"
                                + " and m.state = 'complete' and m.amount in ('full', 'thorough')"
                                + " and m.revision.workHash = ?3 and m.endedAt > ?4 and not exists (select 1 from Deploy d"
                                + " where d.service = m.service and d.environment = m.environment"
                                + " and d.at >= m.startedAt and d.at <= ?5) order by m.id desc",
                        migration,
                        environment,
                        workHash,
                        clock.instant().minus(notOlderThan),
                        clock.instant())
                .firstResultOptional();
    }

    /**
     * A page of a migration's measurements, newest first.
     *
     * @param before the number of the last one shown, {@link Long#MAX_VALUE} for the first page
     */
    @SuppressWarnings("unchecked")
    List<Measurement> page(
            Migration migration, Optional<Long> environment, Optional<Moment> moment, long before, int limit) {
        return list(migration.id(), environment, moment, before, limit, sight.seen())
                .in(getEntityManager(), Measurement.class)
                .getResultList();
    }

    static Statement list(
            long migration, Optional<Long> environment, Optional<Moment> moment, long before, int limit, Seen seen) {
        var parameters = new HashMap<>(seen.parameters());
        parameters.put("migration", migration);
        parameters.put("before", before);
        environment.ifPresent(id -> parameters.put("environment", id));
        moment.ifPresent(word -> parameters.put("moment", word.word()));
        return new Statement(
                "SELECT m.* FROM measurement m WHERE m.migration_id = :migration AND m.id < :before"
                        + (environment.isPresent() ? " AND m.environment_id = :environment" : "")
                        + (moment.isPresent() ? " AND m.moment = :moment" : "")
                        + seen.andRow("m")
                        + " ORDER BY m.id DESC LIMIT " + limit,
                parameters);
    }

    @Override
    public long count(Migration migration) {
        return ((Number) getEntityManager()
                        .createNativeQuery("SELECT count(*) FROM (SELECT 1 FROM measurement"
                                + " WHERE migration_id = :migration LIMIT 101) m")
                        .setParameter("migration", migration.id())
                        .getSingleResult())
                .longValue();
    }
}
