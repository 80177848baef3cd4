package dev.switchback.sampling;

import dev.switchback.secret.MissingSecretException;
import dev.switchback.step.Action;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CouldNotAskException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A metric of statements that goes along with an http metric: looks at the counters between blocks. What goes wrong ends
 * the counting, not the requests.
 */
final class Companion implements AutoCloseable {

    /** Opens the source of a metric. */
    interface Opening {
        /** @throws CouldNotAskException when it cannot be asked */
        StatementSource open(MetricPlan plan, Place place);
    }

    static final Opening POSTGRES = (plan, place) -> PostgresStatements.open(
            new Action(plan.asked()).target(place.with(Map.of(), new Cancellation()), "jdbc"), place.secrets());

    private final MetricPlan plan;
    private final List<Long> endsUs = new ArrayList<>();
    private StatementSource source;
    private CountStatements count;
    private StatementSource.Snapshot before;
    private CouldNotAsk trouble;

    Companion(MetricPlan plan) {
        this.plan = plan;
    }

    /** The metrics of statements among all, by the name of the http metric that each goes along with. */
    static Map<String, List<Companion>> byMetric(List<MetricPlan> plans) {
        return plans.stream()
                .filter(plan -> plan.source() == SourceKind.STATEMENTS)
                .map(Companion::new)
                .collect(Collectors.groupingBy(each -> each.plan().during()));
    }

    MetricPlan plan() {
        return plan;
    }

    void open(Opening opening, Place place) {
        carefully(() -> {
            source = opening.open(plan, place);
            count = new CountStatements(source.database());
        });
    }

    boolean isCounting() {
        return count != null && trouble == null;
    }

    /** What happened since the last look does not count. */
    void begin() {
        look((from, to) -> {});
    }

    /** Since the last look nothing was sent. */
    void wasIdle() {
        look(count == null ? null : count::idle);
    }

    /** Since the last look a block was sent. */
    void wasBlock(int block, long requests, long endUs) {
        look((from, to) -> count.block(block, requests, from, to));
        endsUs.add(endUs);
    }

    private interface Window {
        void between(StatementSource.Snapshot from, StatementSource.Snapshot to);
    }

    private void look(Window window) {
        if (isCounting()) {
            carefully(() -> {
                var now = source.now();
                if (before != null) {
                    window.between(before, now);
                }
                before = now;
            });
        }
    }

    private void carefully(Runnable asking) {
        try {
            asking.run();
        } catch (CouldNotAskException cannot) {
            trouble = CouldNotAsk.of(cannot);
        } catch (MissingSecretException missing) {
            trouble = CouldNotAsk.of(missing);
        }
    }

    /** The number of each block; none when the counting went wrong, because then none can be trusted. */
    List<Taken> taken() {
        if (!isCounting()) {
            return List.of();
        }
        return count.perRequest().entrySet().stream()
                .map(each -> {
                    long end = endsUs.get(Math.min(each.getKey(), endsUs.size() - 1));
                    return Taken.number(each.getKey(), end, end, each.getValue(), null);
                })
                .toList();
    }

    Optional<StatementCounts> counts() {
        return isCounting() ? Optional.of(count.counts()) : Optional.empty();
    }

    Optional<CouldNotAsk> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
    }
}
