package dev.switchback.measurement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * Gathers what the page of a measurement shows. The charts are drawn from the samples themselves; those of metrics that
 * are over are kept for a while, because they never change. Needs a transaction.
 */
@ApplicationScoped
class ShowMeasurement {

    private static final int KEPT = 500;

    @Inject
    Measurements measurements;

    @Inject
    SamplesOf samples;

    @Inject
    InstantSource clock;

    private final Cache<Long, BlockChart> charts =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    MeasurementPage page(long id) {
        Measurement measurement = measurements.require(id);
        List<MeasuredMetric> metrics = measurements.metricsOf(measurement);
        Instant removedAt = metrics.stream()
                .flatMap(each -> samples.removedAt(each.id()).stream())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new MeasurementPage(
                measurement,
                metrics.stream().map(each -> new MetricCard(each, chart(each))).toList(),
                measurements.otherSide(measurement).orElse(null),
                removedAt,
                clock.instant());
    }

    private BlockChart chart(MeasuredMetric metric) {
        return metric.state().isFinal() ? charts.get(metric.id(), id -> draw(metric)) : draw(metric);
    }

    private BlockChart draw(MeasuredMetric metric) {
        int keptFrom = metric.facts()
                .map(facts -> facts.path("steady").path("keptFrom").asInt())
                .orElse(0);
        var values = new BlockValues(keptFrom);
        samples.each(metric.id(), values::add);
        return new BlockChart(values.series(), metric.unit());
    }
}
