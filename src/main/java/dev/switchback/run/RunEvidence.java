package dev.switchback.run;

import dev.switchback.comparison.ComparisonView;
import dev.switchback.comparison.Comparisons;
import dev.switchback.comparison.KeptComparison;
import dev.switchback.measurement.MeasuredMetric;
import dev.switchback.measurement.Measurement;
import dev.switchback.measurement.MeasurementView;
import dev.switchback.measurement.Measurements;
import dev.switchback.probe.ProbeView;
import dev.switchback.probe.Probing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What was measured of runs and what a judge said of it: a few statements, however many runs. Needs a transaction. */
@ApplicationScoped
class RunEvidence {

    @Inject
    Measurements measurements;

    @Inject
    Comparisons comparisons;

    @Inject
    Probing probing;

    @Inject
    Watches watches;

    @Inject
    Approvals approvals;

    /**
     * What is known of one run.
     *
     * @param measurements in the order in which they were taken
     * @param comparisons newest first
     * @param probe what its probe came to so far; null without one
     * @param assent who said yes to it; null when nobody has to
     * @param watch what is watched while it is under way; null when it declares nothing of the kind
     */
    record Collected(
            List<MeasurementView> measurements,
            List<ComparisonView> comparisons,
            ProbeView probe,
            WatchView watch,
            Assent assent) {
        static final Collected NONE = new Collected(List.of(), List.of(), null, null, null);
    }

    /** By the number of the run; runs of which nothing is known are absent. */
    Map<Long, Collected> of(Collection<Run> runs) {
        List<Long> ids = runs.stream().map(Run::id).toList();
        Map<Long, List<Measurement>> taken =
                measurements.ofRuns(ids).stream().collect(Collectors.groupingBy(Measurement::run));
        Map<Long, ProbeView> probes = probing.views(ids);
        var found = new TreeSet<>(taken.keySet());
        found.addAll(probes.keySet());
        Map<Long, Assent> assents = approvals.ofEach(runs);
        found.addAll(assents.keySet());
        Map<Long, WatchView> watched = watches.views(ids);
        found.addAll(watched.keySet());
        Map<Long, List<MeasuredMetric>> metrics = metrics(taken);
        Map<Long, List<KeptComparison>> said = said(taken.keySet());
        var all = new HashMap<Long, Collected>();
        found.forEach(run -> all.put(
                run,
                new Collected(
                        taken.getOrDefault(run, List.of()).stream()
                                .map(each -> MeasurementView.of(each, metrics.getOrDefault(each.id(), List.of())))
                                .toList(),
                        said.getOrDefault(run, List.of()).stream()
                                .map(ComparisonView::of)
                                .toList(),
                        probes.get(run),
                        watched.get(run),
                        assents.get(run))));
        return all;
    }

    private Map<Long, List<MeasuredMetric>> metrics(Map<Long, List<Measurement>> taken) {
        return taken.isEmpty()
                ? Map.of()
                : measurements.metricsOf(
                        taken.values().stream().flatMap(List::stream).toList());
    }

    private Map<Long, List<KeptComparison>> said(Collection<Long> runs) {
        return runs.isEmpty()
                ? Map.of()
                : comparisons.ofRuns(runs).stream().collect(Collectors.groupingBy(KeptComparison::run));
    }
}
