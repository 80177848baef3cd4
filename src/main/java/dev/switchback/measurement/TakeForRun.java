package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.platform.Json;
import dev.switchback.runbook.Runbook;
import dev.switchback.sampling.Amount;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.step.Cancellation;
import dev.switchback.step.StepExecutors;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A run measures a leg: in the calling thread, with the brake of the run. Holds no transaction while it works. */
@ApplicationScoped
public class TakeForRun {

    /** How long a measurement that somebody asked for may still be in the way. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Who stopped it, when it was the brake of the run and not a person. */
    public static final String BY_RUN = "the run";

    @Inject
    Measurements measurements;

    @Inject
    OpenMeasurement opening;

    @Inject
    MeasurementLeases leases;

    @Inject
    TakeMeasurement take;

    @Inject
    DeclaredMetrics declared;

    @Inject
    MeasurementConfig config;

    @Inject
    StepExecutors executors;

    @Inject
    InstantSource clock;

    /**
     * What is measured.
     *
     * @param environment the copy that the run has pinned
     * @param content the content of the revision that the run has pinned
     * @param legNo the leg, from 1
     * @param leg forward, back or again
     * @param moment before or after; adhoc for a step that measures
     * @param step the step that measures; null when the run measures one of its legs
     * @param only the names of the metrics that are measured; empty for all that are declared
     */
    public record RunSitting(
            long runId,
            long migrationId,
            long revisionId,
            long environmentId,
            EnvironmentContent environment,
            ObjectNode content,
            String service,
            int legNo,
            String leg,
            String moment,
            Amount amount,
            String requestedBy,
            String step,
            List<String> only) {

        public RunSitting {
            only = List.copyOf(only);
        }

        /** A leg of the run: all that is declared. */
        public RunSitting(
                long runId,
                long migrationId,
                long revisionId,
                long environmentId,
                EnvironmentContent environment,
                ObjectNode content,
                String service,
                int legNo,
                String leg,
                String moment,
                Amount amount,
                String requestedBy) {
            this(
                    runId,
                    migrationId,
                    revisionId,
                    environmentId,
                    environment,
                    content,
                    service,
                    legNo,
                    leg,
                    moment,
                    amount,
                    requestedBy,
                    null,
                    List.of());
        }

        private List<JsonNode> metrics() {
            return Runbook.of(content).metrics().stream()
                    .filter(metric -> only.isEmpty() || only.contains(DeclaredMetrics.name(metric)))
                    .toList();
        }

        private ObjectNode parameters() {
            ObjectNode parameters = OpenMeasurement.parameters(OpenMeasurement.seed());
            return step == null ? parameters : parameters.put("step", step);
        }
    }

    /**
     * What came of it.
     *
     * @param id the number of the measurement
     * @param message why it is not complete, or what could not be measured; empty when there is nothing to say
     * @param expected what would have been right; empty when nobody knows
     */
    public record MeasurementRow(
            long id, MeasurementState state, Optional<String> message, Optional<String> expected) {}

    /**
     * Measures the metrics that the revision declares. What an earlier driver of the same run left running is interrupted
     * first: the caller holds the fence of the run. What cannot be measured there is left out, and the message says why; when
     * another measurement stays in the way for fifteen seconds, the whole is.
     *
     * @param brake ends it within a second or two; the measurement is stopped then
     */
    public MeasurementRow take(RunSitting sitting, Cancellation brake) {
        interruptLeftovers(sitting.runId());
        List<OpenMeasurement.Planned> fitting = new ArrayList<>();
        List<Obstacle> obstacles = new ArrayList<>();
        QuarkusTransaction.requiringNew().run(() -> plan(sitting, fitting, obstacles));
        if (fitting.isEmpty()) {
            Obstacle first = obstacles.isEmpty()
                    ? new Obstacle("The migration declares no metrics", "metrics in the runbook, declared in advance")
                    : obstacles.get(0);
            return failed(sitting, "Nothing could be measured: " + first.message(), first.expected());
        }
        Optional<Work> work = open(sitting, fitting, obstacles, brake);
        if (work.isEmpty()) {
            return brake.isCancelled()
                    ? stopped(sitting)
                    : failed(
                            sitting,
                            "Another measurement of " + sitting.service() + " is under way in "
                                    + sitting.environment().key() + "; two at once would measure each other",
                            "the end of the other measurement");
        }
        return carry(work.get(), brake);
    }

    private MeasurementRow carry(Work work, Cancellation brake) {
        var here = new UnderWay(work.id(), new Cancellation());
        brake.onCancel(() -> here.stop(BY_RUN));
        leases.carry(here);
        TakeMeasurement.Ended ended = take.take(work, here);
        return new MeasurementRow(
                work.id(), ended.state(), Optional.ofNullable(ended.message()), Optional.ofNullable(ended.expected()));
    }

    private void plan(RunSitting sitting, List<OpenMeasurement.Planned> fitting, List<Obstacle> obstacles) {
        EntityManager entities = measurements.getEntityManager();
        Migration migration = entities.find(Migration.class, sitting.migrationId());
        MigrationRevision revision = entities.find(MigrationRevision.class, sitting.revisionId());
        for (JsonNode metric : sitting.metrics()) {
            MetricPlan plan = MetricPlan.of(metric, sitting.amount());
            Optional<Obstacle> obstacle = Obstacle.of(plan, sitting.environment(), config.productionRate(), executors);
            obstacle.ifPresentOrElse(
                    obstacles::add,
                    () -> fitting.add(new OpenMeasurement.Planned(plan, declared.since(migration, revision, metric))));
        }
    }

    /** Opens it as soon as nobody is in the way; empty when somebody stays there, or the brake is pulled. */
    private Optional<Work> open(
            RunSitting sitting, List<OpenMeasurement.Planned> planned, List<Obstacle> leftOut, Cancellation brake) {
        var pulled = new CountDownLatch(1);
        brake.onCancel(pulled::countDown);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!brake.isCancelled()) {
            try {
                return Optional.of(
                        QuarkusTransaction.requiringNew().call(() -> opening.open(about(sitting), planned, leftOut)));
            } catch (RuntimeException e) {
                if (!OpenMeasurement.isLocked(e)) {
                    throw e;
                }
            }
            if (System.nanoTime() > until || !waited(pulled)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Half a second, or less when the brake is pulled. */
    private static boolean waited(CountDownLatch pulled) {
        try {
            return !pulled.await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Measurement.About about(RunSitting sitting) {
        EntityManager entities = measurements.getEntityManager();
        return new Measurement.About(
                entities.getReference(Migration.class, sitting.migrationId()),
                entities.getReference(MigrationRevision.class, sitting.revisionId()),
                entities.getReference(Environment.class, sitting.environmentId()),
                Json.text(sitting.environment().tree()),
                sitting.service(),
                Moment.of(sitting.moment()).orElseThrow(),
                sitting.runId(),
                sitting.legNo(),
                sitting.leg(),
                sitting.amount().key(),
                sitting.requestedBy(),
                sitting.parameters());
    }

    private MeasurementRow failed(RunSitting sitting, String message, String expected) {
        return kept(sitting, MeasurementState.FAILED, message, expected);
    }

    private MeasurementRow stopped(RunSitting sitting) {
        return kept(sitting, MeasurementState.STOPPED, "Stopped by the run before it began", null);
    }

    private MeasurementRow kept(RunSitting sitting, MeasurementState state, String message, String expected) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Measurement made = Measurement.ended(about(sitting), state, message, expected, clock.instant());
            measurements.persist(made);
            return new MeasurementRow(made.id(), state, Optional.of(message), Optional.ofNullable(expected));
        });
    }

    private void interruptLeftovers(long runId) {
        QuarkusTransaction.requiringNew()
                .run(() -> measurements
                        .getEntityManager()
                        .createNativeQuery("WITH gone AS (UPDATE measurement SET state = 'interrupted', message ="
                                + " 'Interrupted: its run was taken up by another driver', progress ="
                                + " NULL, likely_end_at = NULL, lease_until = NULL, ended_at ="
                                + " clock_timestamp() WHERE run_id = :run AND state = 'running'"
                                + " RETURNING id) UPDATE measurement_metric m SET state ="
                                + " 'interrupted', ended_at = clock_timestamp() FROM gone WHERE"
                                + " m.measurement_id = gone.id AND m.state IN ('pending', 'running')")
                        .setParameter("run", runId)
                        .executeUpdate());
    }
}
