package dev.switchback.run;

import dev.switchback.migration.Migration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads how long the steps of a migration took before. Needs a transaction or a request. */
@ApplicationScoped
public class PastTimes {

    private static final int LATEST = 5;
    private static final int RUNS = 20;
    private static final int ROWS = 1000;

    @Inject
    EntityManager entities;

    /** The usual times of this migration's steps, from its latest runs in any environment. */
    public StepTimes of(Migration migration) {
        var there = new HashMap<String, List<Duration>>();
        var back = new HashMap<String, List<Duration>>();
        for (Object[] row : rows(migration)) {
            var times = (Leg.of((String) row[1]) == Leg.BACK ? back : there)
                    .computeIfAbsent((String) row[0], id -> new ArrayList<>());
            if (times.size() < LATEST) {
                times.add(Duration.between((Instant) row[2], (Instant) row[3]));
            }
        }
        return new StepTimes(medians(there), medians(back));
    }

    /** From how many of its latest runs anything is known. */
    public long runs(Migration migration) {
        return entities.createQuery(
                        "select count(distinct s.run.id) from RunStep s where s.run.id in :runs"
                                + " and s.startedAt is not null and s.endedAt is not null"
                                + " and s.state in ('succeeded', 'rolled-back') and s.leg <> 'back'",
                        Long.class)
                .setParameter("runs", latest(migration))
                .getSingleResult();
    }

    /** Its latest runs: what a step took long ago is not usual, and nobody reads every step that there ever was. */
    private List<Long> latest(Migration migration) {
        return entities.createQuery(
                        "select r.id from Run r where r.migration = :migration order by r.id desc", Long.class)
                .setParameter("migration", migration)
                .setMaxResults(RUNS)
                .getResultList();
    }

    private List<Object[]> rows(Migration migration) {
        return entities.createQuery(
                        "select s.stepId, s.leg, s.startedAt, s.endedAt from RunStep s where s.run.id in :runs"
                                + " and s.startedAt is not null and s.endedAt is not null and s.state in"
                                + " ('succeeded', 'rolled-back') order by s.run.id desc, s.legNo desc, s.position desc",
                        Object[].class)
                .setParameter("runs", latest(migration))
                .setMaxResults(ROWS)
                .getResultList();
    }

    private static Map<String, Duration> medians(Map<String, List<Duration>> times) {
        var medians = new HashMap<String, Duration>();
        times.forEach(
                (id, all) -> medians.put(id, all.stream().sorted().toList().get(all.size() / 2)));
        return medians;
    }
}
