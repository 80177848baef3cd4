package dev.switchback.run;

import dev.switchback.comparison.ComparisonView;
import dev.switchback.comparison.Comparisons;
import dev.switchback.comparison.KeptComparison;
import dev.switchback.measurement.MeasuredMetric;
import dev.switchback.measurement.Measurement;
import dev.switchback.measurement.MeasurementView;
import dev.switchback.measurement.Measurements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured of runs and what a judge said of it: a few statements, however many runs. Needs a transaction. */
@ApplicationScoped
class RunEvidence {

    @Inject
    Measurements measurements;

    @Inject
    Comparisons comparisons;

    /**
     * What is known of one run.
     *
     * @param measurements in the order in which they were taken
     * @param comparisons newest first
     */
    record Collected(List<MeasurementView> measurements, List<ComparisonView> comparisons) {
        static final Collected NONE = new Collected(List.of(), List.of());
    }

    /** By the number of the run; runs of which nothing is known are absent. */
    Map<Long, Collected> of(Collection<Run> runs) {
        List<Long> ids = runs.stream().map(Run::id).toList();
        Map<Long, List<Measurement>> taken =
                measurements.ofRuns(ids).stream().collect(Collectors.groupingBy(Measurement::run));
        if (taken.isEmpty()) {
            return Map.of();
        }
        Map<Long, List<MeasuredMetric>> metrics = measurements.metricsOf(
                taken.values().stream().flatMap(List::stream).toList());
        Map<Long, List<KeptComparison>> said =
                comparisons.ofRuns(taken.keySet()).stream().collect(Collectors.groupingBy(KeptComparison::run));
        var all = new HashMap<Long, Collected>();
        taken.forEach((run, sittings) -> all.put(
                run,
                new Collected(
                        sittings.stream()
                                .map(each -> MeasurementView.of(each, metrics.getOrDefault(each.id(), List.of())))
                                .toList(),
                        said.getOrDefault(run, List.of()).stream()
                                .map(ComparisonView::of)
                                .toList())));
        return all;
    }
}
