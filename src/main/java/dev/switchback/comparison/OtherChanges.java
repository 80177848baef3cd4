package dev.switchback.comparison;

import dev.switchback.measurement.Measurement;
import dev.switchback.platform.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What else was changed on a service while it was measured: steps of runs that acted there, and deploys that were
 * announced from outside. Asked of the tables, because the rooms of both show comparisons and cannot be seen from here.
 */
@ApplicationScoped
class OtherChanges {

    private static final Instant EVER = Instant.EPOCH;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Inject
    EntityManager entities;

    /**
     * What another run did on the same service and in the same environment while this was measured.
     *
     * @param own the run whose legs are compared, or null
     */
    List<String> during(Measurement measurement, Long own) {
        if (!knowsItsTime(measurement)) {
            return List.of();
        }
        return runs(acting(measurement, measurement.startedAt(), measurement.endedAt(), false)).stream()
                .filter(run -> !List.of(or(own), or(measurement.run())).contains(run.id()))
                .map(run -> "run " + run.id() + " of " + run.migration() + " changed " + measurement.service())
                .toList();
    }

    /** What runs of other migrations did between two sittings; the run of this one is the change itself. */
    List<String> between(Measurement first, Measurement second) {
        if (!isBefore(first, second)) {
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

    /** The deploys that were announced for the time in which this was measured: whoever announced them, it was no run. */
    List<String> deployedDuring(Measurement measurement) {
        return knowsItsTime(measurement)
                ? deploys(place(measurement), measurement.startedAt(), measurement.endedAt(), EVER).stream()
                        .map(Deployed::words)
                        .toList()
                : List.of();
    }

    /** What was announced of the times of a comparison only after it was judged, one sentence each. */
    List<String> toldSince(KeptComparison kept) {
        return kept.sides().stream()
                .filter(OtherChanges::knowsItsTime)
                .flatMap(each -> deploys(place(each), each.startedAt(), each.endedAt(), kept.createdAt()).stream())
                .distinct()
                .map(deploy -> "Announced only after this was judged, and done while it was measured: " + deploy.words()
                        + ". Recompute judges with it.")
                .toList();
    }

    private static boolean knowsItsTime(Measurement measurement) {
        return measurement.startedAt() != null && measurement.endedAt() != null;
    }

    /** The deploys between two sittings, the ends left out. */
    List<Deployed> deployedBetween(Measurement first, Measurement second) {
        return isBefore(first, second)
                ? deploys(place(second), first.endedAt(), second.startedAt(), EVER).stream()
                        .filter(each ->
                                each.at().isAfter(first.endedAt()) && each.at().isBefore(second.startedAt()))
                        .toList()
                : List.of();
    }

    private static boolean isBefore(Measurement first, Measurement second) {
        return first.endedAt() != null
                && second.startedAt() != null
                && first.endedAt().isBefore(second.startedAt());
    }

    /** Whether a step of this run acted at that moment: then what was announced may be what it did. */
    boolean acted(long run, Instant at) {
        return !entities.createNativeQuery("SELECT 1 FROM run_step s WHERE s.run_id = :run"
                        + " AND s.kind NOT IN ('wait', 'check', 'measure')"
                        + " AND s.started_at <= :at AND (s.ended_at IS NULL OR s.ended_at >= :at) LIMIT 1")
                .setParameter("run", run)
                .setParameter("at", at)
                .getResultList()
                .isEmpty();
    }

    /**
     * A change that was announced from outside.
     *
     * @param version what was brought in
     * @param at when
     */
    record Deployed(String version, Instant at) {

        /** {@code deploy of 1.4.2 at 21:03:10 UTC}. */
        String words() {
            return "deploy of " + version + " at " + CLOCK.format(at) + " UTC";
        }
    }

    private record Place(long environment, String service) {}

    private static Place place(Measurement measurement) {
        return new Place(measurement.environment().id(), measurement.service());
    }

    @SuppressWarnings("unchecked")
    private List<Deployed> deploys(Place place, Instant from, Instant to, Instant announcedAfter) {
        List<Object[]> rows = deployed(place.environment(), place.service(), from, to, announcedAfter)
                .in(entities, Object[].class)
                .getResultList();
        return rows.stream()
                .map(row -> new Deployed((String) row[0], (Instant) row[1]))
                .toList();
    }

    static Statement deployed(long environment, String service, Instant from, Instant to, Instant announcedAfter) {
        return new Statement(
                "SELECT d.version, d.at FROM deploy d WHERE d.service = :service AND d.environment_id = :environment"
                        + " AND d.at >= :from AND d.at <= :to AND d.announced_at > :announced"
                        + " ORDER BY d.at, d.id LIMIT 20",
                Map.of(
                        "environment", environment,
                        "service", service,
                        "from", from,
                        "to", to,
                        "announced", announcedAfter));
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
