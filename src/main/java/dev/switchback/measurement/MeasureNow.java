package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.access.Caller;
import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.problem.Violation;
import dev.switchback.sampling.Amount;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.sampling.SourceKind;
import dev.switchback.step.Cancellation;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Somebody wants to measure now: everything that can be known before is checked, then a worker of this instance begins. */
@ApplicationScoped
public class MeasureNow {

    private static final long ENDING_SECONDS = 5;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    Decisions decisions;

    @Inject
    DeclaredMetrics declared;

    @Inject
    Measurements measurements;

    @Inject
    OpenMeasurement opening;

    @Inject
    MeasurementLeases leases;

    @Inject
    TakeMeasurement take;

    @Inject
    MeasurementConfig config;

    private ExecutorService workers;

    void start(@Observes StartupEvent event) {
        workers = Executors.newFixedThreadPool(config.atOnce(), work -> {
            var thread = new Thread(work, "measurement");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** After the leases pulled every brake: each one still writes that it was interrupted. */
    void stop(@Observes @Priority(200) ShutdownEvent event) throws InterruptedException {
        workers.shutdown();
        if (!workers.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS)) {
            Log.warn("a measurement did not end in time; it counts as interrupted when its lease runs out");
        }
    }

    /**
     * What somebody asks for; null means the default.
     *
     * @param moment before, after or adhoc
     * @param metrics the names; default all that the present revision declares
     * @param amount full (default) or quick
     */
    public record Request(String migration, String environment, String moment, List<String> metrics, String amount) {}

    /**
     * Begins, and answers the number of the measurement.
     *
     * @throws ProblemException 403 a token without the scope; 404 no such migration; 409 it is put aside, or another
     *     measurement is under way for its service there, with {@code measurement}; 422 with everything that is wrong
     */
    public long measure(Request request, Caller caller) {
        caller.requireScope("operate");
        try {
            Work work = QuarkusTransaction.requiringNew().call(() -> open(request, caller));
            carry(work);
            return work.id();
        } catch (RuntimeException e) {
            if (!OpenMeasurement.isLocked(e)) {
                throw e;
            }
            return QuarkusTransaction.requiringNew().call(() -> {
                Migration migration = migrations.require(request.migration());
                requireFree(migration.service(), environments.require(request.environment()));
                throw e;
            });
        }
    }

    private void carry(Work work) {
        var here = new UnderWay(work.id(), new Cancellation());
        leases.carry(here);
        workers.execute(() -> take.take(work, here));
    }

    private Work open(Request request, Caller caller) {
        Migration migration =
                migrations.hold(request.migration()).orElseGet(() -> migrations.require(request.migration()));
        decisions.requireOpen(migration);
        MigrationRevision revision = migrations.present(migration);
        Checked checked = check(request, revision);
        requireFree(migration.service(), checked.environment());
        long seed = OpenMeasurement.seed();
        return opening.open(
                new Measurement.About(
                        migration,
                        revision,
                        checked.environment(),
                        checked.environment().storedContent(),
                        migration.service(),
                        checked.moment(),
                        null,
                        null,
                        null,
                        checked.amount().key(),
                        caller.name(),
                        OpenMeasurement.parameters(seed)),
                checked.metrics().stream()
                        .map(metric -> new OpenMeasurement.Planned(
                                MetricPlan.of(metric, checked.amount()), declared.since(migration, revision, metric)))
                        .toList(),
                List.of());
    }

    /** What was found in order. */
    private record Checked(Environment environment, Moment moment, Amount amount, List<JsonNode> metrics) {}

    private Checked check(Request request, MigrationRevision revision) {
        var wrong = new ArrayList<Violation>();
        Optional<Environment> environment =
                Optional.ofNullable(request.environment()).flatMap(environments::withKey);
        if (environment.isEmpty()) {
            wrong.add(Wrong.environment(request.environment()));
        }
        Optional<Moment> moment = Optional.ofNullable(request.moment()).flatMap(Moment::of);
        if (moment.isEmpty()) {
            wrong.add(Wrong.moment(request.moment()));
        }
        Optional<Amount> amount = request.amount() == null
                ? Optional.of(Amount.FULL)
                : Arrays.stream(Amount.values())
                        .filter(each -> each.key().equals(request.amount()))
                        .findFirst();
        if (amount.isEmpty()) {
            wrong.add(Violation.of("amount", "The amount is " + request.amount(), "full or quick"));
        }
        List<JsonNode> metrics = wanted(request.metrics(), DeclaredMetrics.of(revision), wrong);
        environment.ifPresent(place -> fit(metrics, amount.orElse(Amount.FULL), place.content(), wrong));
        DeclaredMetrics.refuse(wrong);
        return new Checked(environment.orElseThrow(), moment.orElseThrow(), amount.orElseThrow(), metrics);
    }

    private static List<JsonNode> wanted(List<String> names, List<JsonNode> all, List<Violation> wrong) {
        if (all.isEmpty()) {
            wrong.add(Violation.of(
                    "metrics", "The migration declares no metrics", "metrics in the runbook, declared in advance"));
            return List.of();
        }
        if (names == null) {
            return all;
        }
        if (names.isEmpty()) {
            wrong.add(Violation.of("metrics", "No metric is named", "at least one, or no member metrics for all"));
        }
        Set<String> named = new LinkedHashSet<>(names);
        int at = 0;
        for (String name : names) {
            if (name == null || DeclaredMetrics.find(all, name).isEmpty()) {
                wrong.add(DeclaredMetrics.unknown("metrics[" + at + "]", String.valueOf(name), all));
            }
            at++;
        }
        return all.stream()
                .filter(metric -> named.contains(DeclaredMetrics.name(metric)))
                .toList();
    }

    /** What keeps metrics from being measured in this environment. */
    private void fit(List<JsonNode> metrics, Amount amount, EnvironmentContent place, List<Violation> wrong) {
        Set<String> names = metrics.stream().map(DeclaredMetrics::name).collect(Collectors.toSet());
        for (JsonNode metric : metrics) {
            MetricPlan plan = MetricPlan.of(metric, amount);
            Obstacle.of(plan, place, config.productionRate())
                    .ifPresent(each -> wrong.add(Violation.of("metrics", each.message(), each.expected())));
            if (plan.source() == SourceKind.STATEMENTS && !names.contains(plan.during())) {
                wrong.add(Violation.of(
                        "metrics",
                        plan.name() + " counts along with " + plan.during() + ", which is not measured",
                        "both of them, or neither"));
            }
        }
    }

    private void requireFree(String service, Environment environment) {
        measurements.running(service, environment).ifPresent(id -> {
            throw locked(id, service, environment.key()).toException();
        });
    }

    /** Another one is under way. */
    static Problem locked(long id, String service, String environment) {
        return Problem.conflict(
                        "Measurement " + id + " of " + service + " is under way in " + environment
                                + "; two at once would measure each other",
                        "the end of measurement " + id + ", or to stop it")
                .with("measurement", "/api/v1/measurements/" + id);
    }
}
