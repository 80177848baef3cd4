package dev.switchback.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.switchback.web.Labels;
import dev.switchback.web.Marks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the rows of the list of runs: one statement for what a row shows. Only the sentence of a run that did not
 * succeed needs its steps and its runbook; once a run is over, its sentence is kept. Thread-safe.
 */
@ApplicationScoped
class ListRuns {

    private static final int KEPT = 10_000;

    @Inject
    EntityManager entities;

    @Inject
    Runs runs;

    @Inject
    InstantSource clock;

    /** By the number of the run and of its last event: a run that moves again is read again. */
    private final Cache<String, Headline> over =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    /**
     * The rows of a page, newest first.
     *
     * @param before the number of the last run shown, {@link Long#MAX_VALUE} for the first page
     */
    @SuppressWarnings("unchecked")
    List<RunList.Row> rows(RunQuery query, long before, int limit) {
        List<Object[]> found = RunStatements.rows(query, before, limit)
                .in(entities, Object[].class)
                .getResultList();
        Map<Long, Headline> headlines = headlines(found);
        return found.stream().map(row -> row(row, headlines)).toList();
    }

    private RunList.Row row(Object[] row, Map<Long, Headline> headlines) {
        Long id = (Long) row[0];
        RunState state = RunState.of((String) row[1]);
        Instant started = (Instant) row[9];
        Instant ended = row[10] == null ? clock.instant() : (Instant) row[10];
        Headline headline = headlines.get(id);
        return new RunList.Row(
                id,
                state.isFinal(),
                headline == null ? Marks.run(state.word()) : headline.mark(),
                headline == null ? "" : headline.text(),
                Purpose.of((String) row[3]).orElseThrow(),
                (String) row[4],
                (String) row[5],
                ((Number) row[6]).intValue(),
                (String) row[7],
                (String) row[8],
                (String) row[11],
                started,
                started == null ? "" : Labels.clock(Duration.between(started, ended)));
    }

    private Map<Long, Headline> headlines(List<Object[]> rows) {
        var headlines = new HashMap<Long, Headline>();
        var keys = new HashMap<Long, String>();
        for (Object[] row : rows) {
            Long id = (Long) row[0];
            if (RunState.of((String) row[1]) != RunState.SUCCEEDED) {
                String key = id + "." + row[2];
                Headline kept = over.getIfPresent(key);
                if (kept == null) {
                    keys.put(id, key);
                } else {
                    headlines.put(id, kept);
                }
            }
        }
        read(keys, headlines);
        return headlines;
    }

    private void read(Map<Long, String> keys, Map<Long, Headline> into) {
        List<Run> missing = runs.withNumbers(keys.keySet());
        Map<Long, List<RunStep>> steps = runs.stepsOf(missing).stream()
                .collect(Collectors.groupingBy(step -> step.run().id()));
        for (Run run : missing) {
            var walk = new Walk(run, Legs.runbookOf(run), steps.getOrDefault(run.id(), List.of()));
            Headline headline = Headline.of(walk, clock.instant());
            into.put(run.id(), headline);
            if (run.state().isFinal()) {
                over.put(keys.get(run.id()), headline);
            }
        }
    }
}
