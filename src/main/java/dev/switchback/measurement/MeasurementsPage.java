package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.Environment;
import dev.switchback.migration.Migration;
import dev.switchback.problem.Problem;
import dev.switchback.sampling.Amount;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.web.Mark;
import dev.switchback.web.Marks;
import dev.switchback.web.Paging;
import java.time.Instant;
import java.util.List;

/**
 * What was measured of a migration, and the form that measures now.
 *
 * @param migration whose measurements they are
 * @param runCount how many runs it has
 * @param full the metrics that its present revision declares, in full
 * @param quick the same as the small preset asks them
 * @param thorough the same as the large preset asks them
 * @param environments where it can be measured
 * @param page the measurements, newest first
 * @param form what was chosen
 * @param problem why it was not begun; null when nothing was tried
 */
public record MeasurementsPage(
        Migration migration,
        long runCount,
        List<MetricPlan> full,
        List<MetricPlan> quick,
        List<MetricPlan> thorough,
        List<Environment> environments,
        Paging.Page<Row> page,
        MeasureForm form,
        Problem problem) {

    private static final String DECLARATION = """
        metrics:
          - name: product-list
            http: {target: web, request: "GET /api/products"}
            class: warm
            judge: {p50: improve 20%, p95: keep, errors: keep}
        """;

    /** The plans of declared metrics. */
    static List<MetricPlan> plans(List<JsonNode> metrics, Amount amount) {
        return metrics.stream().map(each -> MetricPlan.of(each, amount)).toList();
    }

    /**
     * A measurement in the list.
     *
     * @param figures each metric with its median, in a few words
     */
    public record Row(
            long id,
            Mark mark,
            boolean canCompare,
            String environment,
            String tier,
            String moment,
            Long run,
            String leg,
            String amount,
            String figures,
            Instant at,
            String by) {

        static Row of(Measurement measurement, List<MeasuredMetric> metrics) {
            return new Row(
                    measurement.id(),
                    Marks.measurement(measurement.state().word()),
                    measurement.state() == MeasurementState.COMPLETE,
                    measurement.environment().name(),
                    measurement.environment().tier().word(),
                    measurement.moment().word(),
                    measurement.run(),
                    measurement.leg(),
                    measurement.amount(),
                    String.join("; ", metrics.stream().map(Row::figure).toList()),
                    measurement.startedAt() == null ? measurement.createdAt() : measurement.startedAt(),
                    measurement.requestedBy());
        }

        private static String figure(MeasuredMetric metric) {
            return metric.name() + " "
                    + (metric.p50() == null
                            ? metric.n() == 0 ? "nothing" : "no answer that counts"
                            : Shown.value(metric.p50(), metric.unit()))
                    + (metric.failed() == 0 ? "" : ", " + metric.failed() + " failed");
        }
    }

    /** How long all of it takes and how much is asked: {@code 3 min 20 s, 1,000 requests}. */
    public String fullWords() {
        return words(full);
    }

    /** The same for the small preset. */
    public String quickWords() {
        return words(quick);
    }

    /** The same for the large preset. */
    public String thoroughWords() {
        return words(thorough);
    }

    /** The same for one metric in full. */
    public String words(MetricPlan plan) {
        return words(List.of(plan));
    }

    private static String words(List<MetricPlan> plans) {
        return SittingSize.of(plans).words();
    }

    /** The form for samples that another tool took. */
    public SamplesPage samples() {
        return SamplesPage.fresh(
                migration,
                runCount,
                environments,
                full.stream().map(MetricPlan::name).toList());
    }

    /** How metrics are declared, to be copied. */
    public String declaration() {
        return DECLARATION;
    }

    public boolean hasMetrics() {
        return !full.isEmpty();
    }

    /** Whether there are two that can be compared. */
    public boolean canCompare() {
        return page.items().stream().filter(Row::canCompare).count() > 1;
    }

    /** The page of the measurement that is in the way, or null. */
    public String inTheWay() {
        Object other = problem == null ? null : problem.more().get("measurement");
        return other == null ? null : other.toString().replaceFirst("^/api/v1", "");
    }
}
