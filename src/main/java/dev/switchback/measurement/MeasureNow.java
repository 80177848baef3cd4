package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.access.Caller;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
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
import dev.switchback.sampling.Turns;
import dev.switchback.step.Cancellation;
import dev.switchback.step.StepExecutors;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Somebody wants to measure now: everything that can be known before is checked, then a worker of this instance begins. */
@ApplicationScoped
public class MeasureNow {

    private static final long ENDING_SECONDS = 5;

    @Inject
    Trail trail;

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

    @Inject
    StepExecutors executors;

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
     * @param amount full (default), quick or thorough
     * @param beside how the version after is reached while the one before is up: both are measured at once then, in turns,
     *     as a measurement before and one after; null for one measurement
     */
    public record Request(
            String migration, String environment, String moment, List<String> metrics, String amount, Beside beside) {}

    /**
     * Begins, and answers the number of the measurement.
     *
     * @throws ProblemException 403 a token without the scope; 404 no such migration; 409 it is put aside, or another
     *     measurement is under way for its service there, with {@code measurement}; 422 with everything that is wrong
     */
    public long measure(Request request, Caller caller) {
        return begin(caller, () -> open(request, caller));
    }

    /** What is opened and carried out. */
    record Opening(Measurement.About about, List<OpenMeasurement.Planned> planned, Optional<Beside> beside) {

        Opening(Measurement.About about, List<OpenMeasurement.Planned> planned) {
            this(about, planned, Optional.empty());
        }
    }

    /** What this instance carries out: a measurement, and the one that takes turns with it. */
    private record Begun(Work work, Optional<Work> other) {}

    /**
     * Opens in a transaction of its own, hands it to a worker, and answers the number of the measurement.
     *
     * @param asked looks whether it can be done; throws what is wrong
     */
    long begin(Caller caller, Supplier<Opening> asked) {
        caller.requireScope("operate");
        var wanted = new AtomicReference<Measurement.About>();
        try {
            Begun begun = QuarkusTransaction.requiringNew().call(() -> {
                Opening open = asked.get();
                wanted.set(open.about());
                requireRight(open.about().service(), open.about().environment(), caller);
                requireFree(open.about().service(), open.about().environment());
                Work work = opening.open(open.about(), open.planned(), List.of());
                trail.record(Entry.of("measurement.start", "measurement", work.id())
                        .where(
                                open.about().service(),
                                open.about().environment().key()));
                return new Begun(work, open.beside().map(beside -> other(open, work, beside)));
            });
            carry(begun);
            return begun.work().id();
        } catch (RuntimeException e) {
            if (!OpenMeasurement.isLocked(e)) {
                throw e;
            }
            return QuarkusTransaction.requiringNew().call(() -> {
                requireFree(wanted.get().service(), wanted.get().environment());
                throw e;
            });
        }
    }

    /** To measure sends requests and asks targets, in production as well as elsewhere. */
    static void requireRight(String service, Environment environment, Caller caller) {
        caller.require(right(environment), Where.of(service, environment.key()));
    }

    static Right right(Environment environment) {
        return environment.tier().isProduction() ? Right.OPERATE : Right.REHEARSE;
    }

    private Work other(Opening open, Work before, Beside beside) {
        var parameters = OpenMeasurement.parameters(before.seed());
        parameters.set("beside", beside.json());
        return opening.open(
                open.about().beside(before.id(), parameters),
                open.planned().stream()
                        .map(each ->
                                new OpenMeasurement.Planned(each.plan(), each.declaredAt(), beside.of(each.plan())))
                        .toList(),
                List.of());
    }

    private void carry(Begun begun) {
        var here = new UnderWay(begun.work().id(), new Cancellation());
        leases.carry(here);
        if (begun.other().isEmpty()) {
            workers.execute(() -> take.take(begun.work(), here));
            return;
        }
        Work other = begun.other().get();
        var beside = new UnderWay(other.id(), new Cancellation());
        beside.endsWith(here);
        here.endsWith(beside);
        leases.carry(beside);
        workers.execute(() -> takeBoth(begun.work(), here, other, beside));
    }

    /** Both at once, each in a thread of its own; neither is worth anything without the other. */
    private void takeBoth(Work before, UnderWay here, Work after, UnderWay beside) {
        var turns = new ConcurrentHashMap<String, Turns>();
        Function<String, Turns> of = metric -> turns.computeIfAbsent(metric, name -> new Turns());
        var thread = new Thread(
                () -> endAlso(
                        here,
                        take.take(after, beside, metric -> of.apply(metric).second())),
                "measurement beside");
        thread.setDaemon(true);
        thread.start();
        endAlso(beside, take.take(before, here, metric -> of.apply(metric).first()));
        try {
            thread.join();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static void endAlso(UnderWay other, TakeMeasurement.Ended ended) {
        if (ended.state() != MeasurementState.COMPLETE) {
            other.interrupt("Interrupted: the other side could not be taken to its end");
        }
    }

    private Opening open(Request request, Caller caller) {
        Migration migration =
                migrations.hold(request.migration()).orElseGet(() -> migrations.require(request.migration()));
        decisions.requireOpen(migration);
        MigrationRevision revision = migrations.present(migration);
        Checked checked = check(request, revision);
        requireReachable(request, checked);
        return new Opening(
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
                        OpenMeasurement.parameters(OpenMeasurement.seed())),
                checked.metrics().stream()
                        .map(metric -> new OpenMeasurement.Planned(
                                MetricPlan.of(metric, checked.amount()), declared.since(migration, revision, metric)))
                        .toList(),
                Optional.ofNullable(request.beside()));
    }

    /** Two versions at once are the side before, as it is declared, and the side after beside it. */
    private static void requireReachable(Request request, Checked checked) {
        if (request.beside() == null) {
            return;
        }
        var wrong = new ArrayList<Violation>(request.beside()
                .wrong(
                        checked.metrics().stream()
                                .map(metric -> MetricPlan.of(metric, checked.amount()))
                                .toList(),
                        checked.environment().content()));
        if (checked.moment() != Moment.BEFORE) {
            wrong.add(Violation.of(
                    "moment",
                    "The moment is " + checked.moment().word() + ", and both versions are measured",
                    "before: the version beside is the side after"));
        }
        DeclaredMetrics.refuse(wrong);
    }

    /** What was found in order. */
    private record Checked(Environment environment, Moment moment, Amount amount, List<JsonNode> metrics) {}

    private Checked check(Request request, MigrationRevision revision) {
        var wrong = new ArrayList<Violation>();
        Optional<Environment> environment =
                Optional.ofNullable(request.environment()).flatMap(environments::seen);
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
            wrong.add(Violation.of("amount", "The amount is " + request.amount(), "full, quick or thorough"));
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
            Obstacle.of(plan, place, config.productionRate(), executors)
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
