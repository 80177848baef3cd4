package dev.switchback.sampling;

import dev.switchback.sampling.StatementSource.Counted;
import dev.switchback.sampling.StatementSource.Snapshot;
import dev.switchback.step.CouldNotAskException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Counts the statements of a database block by block: what was called within a block, less what is called anyhow while
 * nothing is sent, a request. The idle rate is that of all quiet windows together. Pure: it is told the counters.
 */
final class CountStatements {

    private static final int MOST_ROWS = 500;

    /** What happened between two looks at the counters. */
    private record Window(int block, long requests, double seconds, long calls) {}

    private final String database;
    private final List<Window> blocks = new ArrayList<>();
    private final Map<String, Counted> inBlocks = new HashMap<>();
    private final Map<String, Long> idleByRow = new HashMap<>();
    private double idleSeconds;
    private Snapshot first;
    private Snapshot last;

    CountStatements(String database) {
        this.database = database;
    }

    /**
     * A window in which nothing was sent.
     *
     * @throws CouldNotAskException when the counters were reset or statements dropped meanwhile
     */
    void idle(Snapshot before, Snapshot after) {
        Map<String, Counted> counted = between(before, after);
        idleSeconds += seconds(before, after);
        counted.forEach((id, row) -> idleByRow.merge(id, row.calls(), Long::sum));
    }

    /**
     * A block.
     *
     * @param requests how many were sent in it
     * @throws CouldNotAskException as {@link #idle}
     */
    void block(int block, long requests, Snapshot before, Snapshot after) {
        Map<String, Counted> counted = between(before, after);
        counted.forEach((id, row) -> inBlocks.merge(id, row, (old, more) -> more.plus(old)));
        blocks.add(new Window(
                block,
                requests,
                seconds(before, after),
                counted.values().stream().mapToLong(Counted::calls).sum()));
    }

    private Map<String, Counted> between(Snapshot before, Snapshot after) {
        first = first == null ? before : first;
        last = after;
        if (!Objects.equals(before.statsReset(), after.statsReset())) {
            throw new CouldNotAskException(
                    "the counters of pg_stat_statements were reset while they were needed",
                    "nobody to call pg_stat_statements_reset meanwhile");
        }
        if (!Objects.equals(before.dealloc(), after.dealloc())) {
            throw new CouldNotAskException(
                    "pg_stat_statements dropped statements for want of room, so calls are missing",
                    "a larger pg_stat_statements.max");
        }
        var counted = new HashMap<String, Counted>();
        after.rows().forEach((id, row) -> {
            Counted change = row.minus(before.rows().getOrDefault(id, Counted.NOTHING));
            if (change.calls() < 0) {
                throw new CouldNotAskException(
                        "a counter of pg_stat_statements went backwards", "counters that nobody resets meanwhile");
            }
            if (change.calls() > 0) {
                counted.put(id, change);
            }
        });
        return counted;
    }

    private static double seconds(Snapshot before, Snapshot after) {
        return (after.atNanos() - before.atNanos()) / 1e9;
    }

    private double idleRate() {
        long calls = idleByRow.values().stream().mapToLong(Long::longValue).sum();
        return idleSeconds == 0 ? 0 : calls / idleSeconds;
    }

    /** Calls a request in each block, by its number; never less than none. */
    Map<Integer, Double> perRequest() {
        var values = new TreeMap<Integer, Double>();
        blocks.stream()
                .filter(block -> block.requests() > 0)
                .forEach(block -> values.put(
                        block.block(), Math.max(0, block.calls() - idleRate() * block.seconds()) / block.requests()));
        return values;
    }

    /** All of it together. */
    StatementCounts counts() {
        long requests = blocks.stream().mapToLong(Window::requests).sum();
        double seconds = blocks.stream().mapToDouble(Window::seconds).sum();
        long calls = blocks.stream().mapToLong(Window::calls).sum();
        double own = Math.max(0, calls - idleRate() * seconds);
        return new StatementCounts(
                requests,
                requests == 0 ? 0 : own / requests,
                idleRate(),
                idleSeconds,
                database,
                first == null ? null : first.statsReset(),
                last == null ? null : last.statsReset(),
                first == null ? null : first.dealloc(),
                last == null ? null : last.dealloc(),
                rows(seconds));
    }

    private List<StatementCounts.Row> rows(double seconds) {
        return inBlocks.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Counted> each) ->
                                -each.getValue().calls())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_ROWS)
                .map(each -> row(each.getKey(), each.getValue(), seconds))
                .toList();
    }

    private StatementCounts.Row row(String id, Counted counted, double seconds) {
        double idle = idleSeconds == 0 ? 0 : idleByRow.getOrDefault(id, 0L) / idleSeconds * seconds;
        return new StatementCounts.Row(
                id,
                counted.text(),
                counted.calls(),
                Math.min(idle, counted.calls()),
                counted.execMs(),
                counted.rows(),
                counted.sharedHit(),
                counted.sharedRead());
    }
}
