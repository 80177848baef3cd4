package dev.switchback.measurement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * A measurement as programs see it (CONTRACT.md, section 4, shapes).
 *
 * @param run the run it belongs to, or null
 * @param leg forward, back or again, or null without a run
 * @param amount full, quick, thorough or imported
 * @param extendsComparison the comparison to one side of which these blocks are added, or null
 * @param beside the measurement with which this one takes turns, or null
 * @param progress what it is at: {@code {metric, phase, block, ofBlocks, taken, requests}}; null when it is over
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record MeasurementView(
        long id,
        String migration,
        int revision,
        String environment,
        String service,
        String moment,
        Long run,
        String leg,
        Integer legNo,
        String amount,
        Long extendsComparison,
        Long beside,
        String state,
        String message,
        String expected,
        String requestedBy,
        String stoppedBy,
        String instance,
        JsonNode progress,
        Instant likelyEndAt,
        Instant createdAt,
        Instant startedAt,
        Instant endedAt,
        List<MetricView> metrics) {

    /**
     * One metric.
     *
     * @param metricClass warm, cold or any
     * @param n how many were kept, the failed ones among them
     * @param late how many were sent late by our own fault
     * @param unit ms, calls, or null when nobody knows
     * @param p50 the median of those that did not fail and may stand for the class; null when there are none
     * @param hitRatio hits among those whose cache state is known, 0 to 1
     * @param dbCalls database calls a request
     * @param facts what was noticed besides the samples
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record MetricView(
            String name,
            @JsonProperty("class") String metricClass,
            String source,
            String state,
            String message,
            String expected,
            int n,
            int failed,
            int late,
            int blocks,
            String unit,
            Double p50,
            Double p95,
            Double p99,
            Double hitRatio,
            Double dbCalls,
            Instant declaredAt,
            Instant startedAt,
            Instant endedAt,
            JsonNode spec,
            JsonNode facts) {

        static MetricView of(MeasuredMetric metric) {
            return new MetricView(
                    metric.name(),
                    metric.metricClass(),
                    metric.source(),
                    metric.state().word(),
                    metric.message(),
                    metric.expected(),
                    metric.n(),
                    metric.failed(),
                    metric.late(),
                    metric.blocks(),
                    metric.unit(),
                    metric.p50(),
                    metric.p95(),
                    metric.p99(),
                    metric.hitRatio(),
                    metric.dbCalls(),
                    metric.declaredAt(),
                    metric.startedAt(),
                    metric.endedAt(),
                    metric.spec(),
                    metric.facts().orElse(null));
        }
    }

    /** The same, with the other side of a measurement whose blocks take turns. */
    MeasurementView with(Long other) {
        return new MeasurementView(
                id,
                migration,
                revision,
                environment,
                service,
                moment,
                run,
                leg,
                legNo,
                amount,
                extendsComparison,
                other,
                state,
                message,
                expected,
                requestedBy,
                stoppedBy,
                instance,
                progress,
                likelyEndAt,
                createdAt,
                startedAt,
                endedAt,
                metrics);
    }

    /** The measurement with its metrics. */
    public static MeasurementView of(Measurement measurement, List<MeasuredMetric> metrics) {
        return new MeasurementView(
                measurement.id(),
                measurement.migration().key(),
                measurement.revision().number(),
                measurement.environment().key(),
                measurement.service(),
                measurement.moment().word(),
                measurement.run(),
                measurement.leg(),
                measurement.legNo(),
                measurement.amount(),
                measurement.extendsComparison(),
                measurement.beside(),
                measurement.state().word(),
                measurement.message(),
                measurement.expected(),
                measurement.requestedBy(),
                measurement.stoppedBy(),
                measurement.instance(),
                measurement.state().isFinal() ? null : measurement.progress().orElse(null),
                measurement.state().isFinal() ? null : measurement.likelyEndAt(),
                measurement.createdAt(),
                measurement.startedAt(),
                measurement.endedAt(),
                metrics.stream().map(MetricView::of).toList());
    }
}
