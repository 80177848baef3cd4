package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Caller;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Violation;
import dev.switchback.sampling.Amount;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.sampling.SourceKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps samples that another tool took as a measurement of one metric, which is over at once. */
@ApplicationScoped
public class KeepImported {

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
    SamplesOf samples;

    @Inject
    InstantSource clock;

    @Inject
    Measurements measurements;

    /**
     * What is said about the samples; everything is required.
     *
     * @param metric the name of a metric that the present revision declares
     */
    record Request(String migration, String environment, String moment, String metric) {}

    /** What was found in order. */
    private record Plan(
            Migration migration,
            MigrationRevision revision,
            Environment environment,
            Moment moment,
            MetricPlan metric,
            Instant declaredAt) {}

    /**
     * Keeps them; no rows are a measurement of nothing, which says so.
     *
     * @throws dev.switchback.problem.ProblemException 404 no such migration; 409 it is archived; 413 too many samples;
     *     422 with everything that is wrong: of the request, or of the file with the numbers of the lines
     */
    @Transactional
    public Measurement keep(Request request, byte[] file, ImportSamples.Form form, Caller caller) {
        caller.requireScope("operate");
        Plan plan = check(request);
        MeasureNow.requireRight(plan.migration().service(), plan.environment(), caller);
        ImportSamples.Read read = ImportSamples.of(file, form, plan.metric().source() == SourceKind.HTTP);
        return keep(plan, read, caller);
    }

    private Plan check(Request request) {
        Migration migration = migrations.require(request.migration());
        if (migration.isArchived()) {
            decisions.requireOpen(migration);
        }
        MigrationRevision revision = migrations.present(migration);
        List<JsonNode> metrics = DeclaredMetrics.of(revision);
        var wrong = new ArrayList<Violation>();
        Optional<Environment> environment = environments.seen(said(request.environment()));
        if (environment.isEmpty()) {
            wrong.add(Wrong.environment(request.environment()));
        }
        Optional<Moment> moment = Moment.of(said(request.moment()));
        if (moment.isEmpty()) {
            wrong.add(Wrong.moment(request.moment()));
        }
        Optional<JsonNode> metric = DeclaredMetrics.find(metrics, said(request.metric()));
        if (metric.isEmpty()) {
            wrong.add(
                    request.metric() == null
                            ? Violation.of("metric", "No metric is named", "the name of a declared metric")
                            : DeclaredMetrics.unknown("metric", request.metric(), metrics));
        }
        DeclaredMetrics.refuse(wrong);
        return new Plan(
                migration,
                revision,
                environment.orElseThrow(),
                moment.orElseThrow(),
                MetricPlan.of(metric.orElseThrow(), Amount.FULL),
                declared.since(migration, revision, metric.orElseThrow()));
    }

    private static String said(String text) {
        return text == null ? "" : text;
    }

    private Measurement keep(Plan plan, ImportSamples.Read read, Caller caller) {
        Instant now = clock.instant();
        Instant to = read.to().filter(at -> !at.isAfter(now)).orElse(now);
        Instant from = read.from().filter(at -> !at.isAfter(to)).orElse(to);
        ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("tool", read.tool());
        Measurement made = Measurement.imported(
                new Measurement.About(
                        plan.migration(),
                        plan.revision(),
                        plan.environment(),
                        plan.environment().storedContent(),
                        plan.migration().service(),
                        plan.moment(),
                        null,
                        null,
                        null,
                        "imported",
                        caller.name(),
                        parameters),
                from,
                to,
                now);
        measurements.persistAndFlush(made);
        trail.record(Entry.of("measurement.import", "measurement", made.id())
                .where(made.service(), made.environment().key()));
        var counting = new Figures.Counting(plan.metric().metricClass().key());
        read.samples().forEach(counting::add);
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("tool", read.tool())
                .put("timesKnown", read.from().isPresent());
        MeasuredMetric metric =
                MeasuredMetric.imported(made, plan.metric(), plan.declaredAt(), counting.figures(), facts);
        measurements.getEntityManager().persist(metric);
        measurements.flush();
        samples.keep(metric.id(), read.samples());
        return made;
    }
}
