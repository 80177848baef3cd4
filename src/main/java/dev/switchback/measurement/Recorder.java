package dev.switchback.measurement;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.sampling.Progress;
import dev.switchback.sampling.Taken;
import io.quarkus.logging.Log;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what a measurement takes as it comes: at most a block is in memory while the database answers. What cannot be
 * written is tried again with the next block. Used by the thread that measures only.
 */
final class Recorder implements Progress {

    private static final long BETWEEN_NANOS = Duration.ofSeconds(1).toNanos();

    private final Work work;
    private final String instance;
    private final MeasurementLedger ledger;
    private final InstantSource clock;
    private final Map<String, Metric> metrics = new HashMap<>();
    private long toldAt;
    private String told = "";

    /** What was taken of one metric. */
    private static final class Metric {
        private final long id;
        private final Figures.Counting counting;
        private final List<StoredSample> waiting = new ArrayList<>();
        private int parts;
        private boolean begun;

        Metric(long id, String metricClass) {
            this.id = id;
            this.counting = new Figures.Counting(metricClass);
        }
    }

    Recorder(Work work, String instance, MeasurementLedger ledger, InstantSource clock) {
        this.work = work;
        this.instance = instance;
        this.ledger = ledger;
        this.clock = clock;
        work.plans()
                .forEach((id, plan) -> metrics.put(
                        plan.name(), new Metric(id, plan.metricClass().key())));
    }

    @Override
    public void metric(MetricPlan plan, int block, int ofBlocks, Phase phase, Duration left) {
        Metric metric = metrics.get(plan.name());
        String now = plan.name() + block + phase;
        if (now.equals(told) && System.nanoTime() - toldAt < BETWEEN_NANOS) {
            return;
        }
        if (System.nanoTime() - toldAt >= BETWEEN_NANOS || !metric.begun) {
            told = now;
            toldAt = System.nanoTime();
            tell(metric, progress(plan, block, ofBlocks, phase, metric), left);
        }
    }

    private static ObjectNode progress(MetricPlan plan, int block, int ofBlocks, Phase phase, Metric metric) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("metric", plan.name())
                .put("phase", phase.words())
                .put("block", block)
                .put("ofBlocks", ofBlocks)
                .put("taken", metric.counting.figures().n())
                .put("of", ofBlocks * plan.perBlock());
    }

    private void tell(Metric metric, ObjectNode progress, Duration left) {
        try {
            if (!metric.begun) {
                ledger.metricBegins(work.id(), instance, metric.id);
                metric.begun = true;
            }
            ledger.progress(work.id(), instance, progress, clock.instant().plus(left));
        } catch (SQLException e) {
            Log.debugf(e, "the progress of measurement %d could not be written", work.id());
        }
    }

    @Override
    public void taken(MetricPlan plan, List<Taken> batch) {
        Metric metric = metrics.get(plan.name());
        batch.stream().map(StoredSample::of).forEach(sample -> {
            metric.counting.add(sample);
            metric.waiting.add(sample);
        });
        try {
            write(metric);
            ledger.figures(work.id(), instance, metric.id, metric.counting.figures());
        } catch (SQLException e) {
            Log.warnf(
                    "%d samples of measurement %d wait in memory: %s",
                    metric.waiting.size(), work.id(), e.getMessage());
        }
    }

    private void write(Metric metric) throws SQLException {
        while (!metric.waiting.isEmpty()) {
            List<StoredSample> part = metric.waiting.subList(0, Math.min(SampleBlob.AT_MOST, metric.waiting.size()));
            ledger.append(work.id(), instance, metric.id, metric.parts, part);
            metric.parts++;
            part.clear();
        }
    }

    /**
     * Writes what waits of a metric, and its figures.
     *
     * @throws SQLException when the database does not take it
     */
    void finish(long id) throws SQLException {
        for (Metric metric : metrics.values()) {
            if (metric.id == id) {
                write(metric);
                ledger.figures(work.id(), instance, id, metric.counting.figures());
            }
        }
    }
}
