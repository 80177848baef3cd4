package dev.switchback.measurement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Caller;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.problem.Violation;
import dev.switchback.sampling.Amount;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.sampling.SourceKind;
import dev.switchback.step.StepExecutors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes more blocks of what a sitting measured: the same metrics of the same revision, asked in the same way, now. It is a
 * measurement of its own that says to which comparison it belongs.
 */
@ApplicationScoped
public class AddBlocks {

    /** How many blocks are added. */
    public static final int BLOCKS = 20;

    @Inject
    Measurements measurements;

    @Inject
    Migrations migrations;

    @Inject
    Decisions decisions;

    @Inject
    MeasureNow measureNow;

    @Inject
    MeasurementConfig config;

    @Inject
    StepExecutors executors;

    /** About how long that takes; needs a transaction. */
    public Duration expected(Measurement of) {
        return plans(of).stream().map(each -> each.plan().expected()).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Begins, and answers the number of the new measurement.
     *
     * @param of the measurement of which more is taken
     * @param comparison the comparison to which it is added
     * @throws ProblemException 403 a token without the scope; 409 the migration is put aside, blocks were added to this
     *     comparison already, or another measurement is under way there; 422 what cannot be measured there any more
     */
    public long add(long of, long comparison, Caller caller) {
        return measureNow.begin(caller, () -> open(of, comparison, caller));
    }

    private MeasureNow.Opening open(long id, long comparison, Caller caller) {
        Measurement of = measurements.require(id);
        Migration migration =
                migrations.hold(of.migration().key()).orElseThrow(() -> new IllegalStateException("it is there"));
        decisions.requireOpen(migration);
        requireFirst(comparison);
        List<OpenMeasurement.Planned> plans = plans(of);
        requireMeasurable(of, plans);
        return new MeasureNow.Opening(
                new Measurement.About(
                                migration,
                                of.revision(),
                                of.environment(),
                                of.environment().storedContent(),
                                of.service(),
                                of.moment(),
                                null,
                                null,
                                null,
                                of.amount(),
                                caller.name(),
                                OpenMeasurement.parameters(OpenMeasurement.seed()))
                        .extending(comparison),
                plans);
    }

    /** The database keeps those apart who press at the same moment. */
    private void requireFirst(long comparison) {
        measurements.extensionOf(comparison).ifPresent(there -> {
            throw Problem.conflict(
                            "Blocks were added to comparison " + comparison + " already: measurement " + there.id(),
                            "one second look; there is no third")
                    .with("measurement", "/api/v1/measurements/" + there.id())
                    .toException();
        });
    }

    private void requireMeasurable(Measurement of, List<OpenMeasurement.Planned> plans) {
        var wrong = new ArrayList<Violation>();
        plans.forEach(each -> Obstacle.of(each.plan(), of.environment().content(), config.productionRate(), executors)
                .ifPresent(obstacle -> wrong.add(Violation.of("metrics", obstacle.message(), obstacle.expected()))));
        DeclaredMetrics.refuse(wrong);
    }

    /** What could be measured then, in the same way; requests in so many blocks, numbers as often as then. */
    private List<OpenMeasurement.Planned> plans(Measurement of) {
        return measurements.metricsOf(of).stream()
                .filter(metric -> metric.state() == MeasurementState.COMPLETE)
                .map(metric ->
                        new OpenMeasurement.Planned(MetricPlan.of(spec(metric), Amount.FULL), metric.declaredAt()))
                .toList();
    }

    private static ObjectNode spec(MeasuredMetric metric) {
        ObjectNode spec = metric.spec();
        if (SourceKind.of(spec) == SourceKind.HTTP) {
            ((ObjectNode) spec.get(SourceKind.HTTP.key())).put("blocks", BLOCKS);
        }
        return spec;
    }
}
