package dev.switchback.run;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.step.Answer;
import dev.switchback.step.Condition;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is watched of runs that are under way: what must stay true, and what the way back needs. Who asks does so without
 * a transaction; what came of it is written here, by whoever holds the row of the run.
 */
@ApplicationScoped
public class Watches {

    @Inject
    EntityManager entities;

    @Inject
    Runs runs;

    @Inject
    RunLedger ledger;

    @Inject
    AskTargets ask;

    @Inject
    InstantSource clock;

    /**
     * What was answered.
     *
     * @param answers by the number of the condition
     * @param askedAt when the first of them was asked
     */
    public record Said(Map<Integer, Answer> answers, Instant askedAt) {

        public Said {
            answers = Map.copyOf(answers);
        }
    }

    /** Whether a run of this purpose is watched: a rollback asks what each undo needs right before it. */
    public static boolean watches(Run run, WatchPlan plan) {
        return run.purpose() != Purpose.ROLLBACK && !plan.isEmpty();
    }

    /** From now on this run is watched; does nothing when it is already. Needs the row of the run locked. */
    public void begin(Run run, WatchPlan plan) {
        if (!watches(run, plan) || !of(run).isEmpty()) {
            return;
        }
        plan.watches().forEach(watch -> entities.persist(new RunWatch(run, watch)));
        entities.createNativeQuery(
                        "INSERT INTO run_watching (run_id, state) VALUES (:run, 'running')" + " ON CONFLICT DO NOTHING")
                .setParameter("run", run.id())
                .executeUpdate();
        entities.flush();
    }

    /** Everything that is watched of a run, in the order of its runbook; empty before its first step. */
    public List<RunWatch> of(Run run) {
        return entities.createQuery("from RunWatch where run = :run order by no", RunWatch.class)
                .setParameter("run", run)
                .getResultList();
    }

    /** What the API says of several runs, by two statements; runs that nothing is watched of are absent. */
    Map<Long, WatchView> views(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<Long, List<RunWatch>> rows = entities.createQuery(
                        "from RunWatch w where w.run.id in :ids order by w.run.id, w.no", RunWatch.class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.groupingBy(row -> row.run().id()));
        Map<Long, Instant> asked = rows.isEmpty() ? Map.of() : askedAt(rows.keySet());
        var views = new HashMap<Long, WatchView>();
        rows.forEach((id, each) -> views.put(id, WatchView.of(each, asked.get(id))));
        return views;
    }

    @SuppressWarnings("unchecked")
    private Map<Long, Instant> askedAt(Collection<Long> ids) {
        List<Object[]> rows = entities.createNativeQuery(
                        "SELECT run_id, asked_at FROM run_watching WHERE run_id IN (:ids) AND asked_at IS NOT NULL")
                .setParameter("ids", ids)
                .getResultList();
        return rows.stream().collect(Collectors.toMap(row -> (Long) row[0], row -> (Instant) row[1]));
    }

    /** What the page of a run shows; empty when nothing is watched, or it has not begun. */
    Optional<WatchCard> card(Walk walk) {
        if (!watches(walk.run(), WatchPlan.of(walk.runbook()))) {
            return Optional.empty();
        }
        Long id = walk.run().id();
        return WatchCard.of(walk, of(walk.run()), askedAt(List.of(id)).get(id));
    }

    /** Whose answer would be of use: all that must stay true, and what the undo of steps needs that are not gone. */
    public List<WatchPlan.Watch> toAsk(Run run, WatchPlan plan) {
        if (!plan.hasNeeds()) {
            return plan.watches();
        }
        Map<String, NeedPlace> places = places(run);
        return plan.watches().stream()
                .filter(watch -> watch.isHold()
                        || !places.getOrDefault(watch.stepId(), NeedPlace.NOWHERE)
                                .isGone())
                .toList();
    }

    private Map<String, NeedPlace> places(Run run) {
        return NeedPlace.of(new Walk(run, Legs.runbookOf(run), runs.steps(run)));
    }

    /**
     * Writes what was answered, with an event for each that broke or came back. Needs the row of the run locked.
     *
     * @param said by the number of the condition, and when it was asked
     */
    public void heard(Run run, Said said) {
        List<RunWatch> rows = of(run);
        Map<String, NeedPlace> places = places(run, rows);
        for (RunWatch row : rows) {
            row.heard(said.answers().get(row.no()), row.place(places), said.askedAt())
                    .ifPresent(what -> ledger.note(run, null, what, RunLedger.ENGINE, row.sentence()));
        }
    }

    /** Whether these answers say anything that is not written down yet. */
    public boolean isNews(Run run, Said said) {
        List<RunWatch> rows = of(run);
        Map<String, NeedPlace> places = places(run, rows);
        return rows.stream()
                .anyMatch(row -> row.isNews(said.answers().get(row.no()), row.place(places), said.askedAt()));
    }

    private Map<String, NeedPlace> places(Run run, List<RunWatch> rows) {
        return rows.stream().allMatch(RunWatch::isHold) ? Map.of() : places(run);
    }

    /**
     * Why the run should not go on from here, unless a person says so; empty when nothing is against it. On the way back
     * nothing is: nothing stands between a person and the brake.
     *
     * @param changes whether it is about to change something
     */
    public Optional<String> against(Run run, boolean changes) {
        return run.isGoingBack() ? Optional.empty() : against(of(run), run.purpose() == Purpose.LIVE && changes);
    }

    static Optional<String> against(List<RunWatch> rows, boolean needsCount) {
        return rows.stream()
                .filter(row -> row.isAgainst() && (row.isHold() || needsCount))
                .findFirst()
                .map(RunWatch::sentence);
    }

    /** Somebody goes on although these are missing: it counts until they held once again. */
    void accept(Run run, String by) {
        of(run).stream().filter(RunWatch::isAgainst).forEach(row -> row.accept(by));
    }

    /** What to ask again, and where. */
    private record Again(List<WatchPlan.Watch> watches, EnvironmentContent environment) {}

    /** What is against going on may have come back meanwhile: it is asked once more. To be called outside of a transaction. */
    void askAgain(long id) {
        QuarkusTransaction.requiringNew().call(() -> again(id)).ifPresent(what -> {
            Said said = ask(what.watches(), what.environment());
            QuarkusTransaction.requiringNew().run(() -> heard(runs.requireLocked(id), said));
        });
    }

    private Optional<Again> again(long id) {
        Run run = runs.require(id);
        List<Integer> against =
                of(run).stream().filter(RunWatch::isAgainst).map(RunWatch::no).toList();
        return against.isEmpty()
                ? Optional.empty()
                : Optional.of(new Again(
                        WatchPlan.of(Legs.runbookOf(run)).watches().stream()
                                .filter(watch -> against.contains(watch.no()))
                                .toList(),
                        run.pinnedEnvironment()));
    }

    private Said ask(List<WatchPlan.Watch> watches, EnvironmentContent environment) {
        Instant askedAt = clock.instant();
        var answers = new LinkedHashMap<Integer, Answer>();
        watches.forEach(watch -> answers.put(watch.no(), ask.once(Condition.of(watch.condition()), environment)));
        return new Said(answers, askedAt);
    }

    /** The needs of this run, by the number of the condition, that held although everything later was in effect. */
    Set<Integer> heldToTheEnd(Walk walk) {
        Map<String, NeedPlace> places = NeedPlace.of(walk);
        return of(walk.run()).stream()
                .filter(row -> !row.isHold() && row.heldToTheEnd(row.place(places)))
                .map(RunWatch::no)
                .collect(Collectors.toSet());
    }
}
