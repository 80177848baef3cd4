package dev.switchback.run;

import dev.switchback.access.Seen;
import dev.switchback.access.Sight;
import dev.switchback.environment.Environment;
import dev.switchback.environment.RunsHere;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.MigrationState.LastLive;
import dev.switchback.migration.RunsOfMigration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers what the pages of migrations and environments ask about runs, so that they need not know this room. */
@ApplicationScoped
class RunsForPages implements RunsOfMigration, RunsHere {

    @Inject
    Runs runs;

    @Inject
    Sight sight;

    @Inject
    LatestRuns latestRuns;

    @Inject
    PastTimes pastTimes;

    @Inject
    InstantSource clock;

    @Override
    public boolean wasRehearsed(MigrationRevision revision) {
        return runs.wasRehearsed(revision);
    }

    @Override
    public LastLive lastLive(MigrationRevision revision) {
        return runs.lastLiveOf(revision)
                .map(run -> run.state() == RunState.SUCCEEDED ? LastLive.SUCCEEDED : LastLive.ROLLED_BACK)
                .orElse(LastLive.NONE);
    }

    @Override
    public List<LatestRun> latest(Migration migration, int limit) {
        List<Run> latest = runs.latestOf(migration, limit);
        Map<Long, List<RunStep>> steps = runs.stepsOf(latest).stream()
                .collect(Collectors.groupingBy(step -> step.run().id()));
        return latest.stream()
                .map(run -> row(run, steps.getOrDefault(run.id(), List.of())))
                .toList();
    }

    @Override
    public Map<Long, LatestRun> latestOfEach(List<Migration> migrations) {
        if (migrations.isEmpty()) {
            return Map.of();
        }
        return latestRuns.of(migrations.stream().map(Migration::id).toList());
    }

    private LatestRun row(Run run, List<RunStep> steps) {
        return new LatestRun(
                run.id(),
                run.purpose().word(),
                run.state().word(),
                run.environment().key(),
                run.revision().number(),
                began(run),
                took(run),
                sentence(run, steps),
                canRollBack(run.purpose(), run.state(), run.startedAt()));
    }

    static boolean canRollBack(Purpose purpose, RunState state, Instant startedAt) {
        return state != RunState.ROLLED_BACK
                && state != RunState.QUEUED
                && state != RunState.AWAITING_APPROVAL
                && startedAt != null
                && purpose != Purpose.ROLLBACK;
    }

    /** Where it stands, or where it broke: the step that matters, in a few words. */
    private static String sentence(Run run, List<RunStep> steps) {
        List<RunStep> leg =
                steps.stream().filter(step -> step.legNo() == run.legNo()).toList();
        return leg.stream()
                .filter(step -> matters(step.state()))
                .findFirst()
                .map(step -> "step " + step.position() + " of " + leg.size() + ", " + step.title())
                .orElse("");
    }

    private static boolean matters(StepState state) {
        return switch (state) {
            case RUNNING, WAITING, FAILED, UNKNOWN -> true;
            case PENDING, SUCCEEDED, SKIPPED, ROLLED_BACK -> false;
        };
    }

    private static Instant began(Run run) {
        return run.startedAt() == null ? run.createdAt() : run.startedAt();
    }

    private Duration took(Run run) {
        if (run.startedAt() == null) {
            return null;
        }
        return Duration.between(run.startedAt(), run.endedAt() == null ? clock.instant() : run.endedAt());
    }

    @Override
    public Optional<Estimate> estimate(Migration migration, List<String> byMachine, List<String> byHand) {
        StepTimes times = pastTimes.of(migration);
        return times.there(byMachine)
                .flatMap(machine ->
                        times.there(byHand).map(hand -> new Estimate(machine, hand, pastTimes.runs(migration))))
                .filter(estimate -> estimate.runs() > 0);
    }

    @Override
    public Optional<UnderWay> underWay(Migration migration) {
        List<Run> underWay = runs.underWay(migration);
        Optional<Long> seen = underWay.stream()
                .filter(run -> sight.sees(run.where()))
                .map(Run::id)
                .findFirst();
        return underWay.isEmpty() ? Optional.empty() : Optional.of(new UnderWay(seen));
    }

    @Override
    public Map<Integer, RunsOfRevision> ofRevisions(Migration migration, List<MigrationRevision> revisions) {
        if (revisions.isEmpty()) {
            return Map.of();
        }
        Seen seen = sight.seen();
        var query = runs.getEntityManager()
                .createQuery(
                        "select r.revision.number, count(*), max(r.id) from Run r where r.migration = :migration and"
                                + " r.revision in :revisions" + seen.and("r.service", "r.environment.key")
                                + " group by r.revision.number",
                        Object[].class)
                .setParameter("migration", migration)
                .setParameter("revisions", revisions);
        seen.parameters().forEach(query::setParameter);
        return query.getResultStream()
                .collect(Collectors.toMap(
                        row -> (Integer) row[0], row -> new RunsOfRevision((Long) row[1], (Long) row[2])));
    }

    @Override
    public long count(Migration migration) {
        return runs.countSeen(migration);
    }

    @Override
    public boolean everRan(Migration migration) {
        return runs.everRan(migration);
    }

    @Override
    public Map<String, Duration> took(Migration migration) {
        var took = new HashMap<String, Duration>();
        runs.stepsOf(runs.latestOf(migration, 5)).stream()
                .filter(step -> step.leg() != Leg.BACK && step.endedAt() != null && step.startedAt() != null)
                .filter(step -> step.state() == StepState.SUCCEEDED || step.state() == StepState.ROLLED_BACK)
                .sorted(Comparator.comparing(RunStep::endedAt))
                .forEach(step -> took.put(step.stepId(), Duration.between(step.startedAt(), step.endedAt())));
        return took;
    }

    @Override
    public Optional<Long> holding(String service, Environment environment) {
        return runs.holding(service, environment)
                .filter(run -> sight.sees(run.where()))
                .map(Run::id);
    }

    @Override
    public List<RunHere> latest(Environment environment, int limit) {
        return runs.latestIn(environment, limit).stream()
                .map(run -> new RunHere(
                        run.id(),
                        run.migration().key(),
                        run.migration().title(),
                        run.service(),
                        run.purpose().word(),
                        run.state().word(),
                        run.state().isFinal(),
                        began(run),
                        took(run)))
                .toList();
    }
}
