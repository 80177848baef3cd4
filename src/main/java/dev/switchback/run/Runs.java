package dev.switchback.run;

import dev.switchback.access.Seen;
import dev.switchback.access.Sight;
import dev.switchback.environment.Environment;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.problem.Problem;
import dev.switchback.web.Count;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The executions. Everything that a list shows comes along in one query. */
@ApplicationScoped
public class Runs implements PanacheRepository<Run> {

    /** A revision, and those of the same migration that differ in nothing but who answers for it. */
    private static final String SAME_WORK =
            "migration = :migration and (revision = :revision or revision.workHash = :work)";

    private static final String WITH_ALL =
            "from Run r join fetch r.migration join fetch r.revision join fetch r.environment"
                    + " left join fetch r.undoesRun ";
    private static final int NEXT = 50;
    private static final String ACTIVE = "r.state not in ('succeeded', 'failed', 'rolled-back', 'aborted')";

    @Inject
    Sight sight;

    /** The run with this number, or a 404 that says so; the same when the one who asks must not see it. */
    public Run require(long id) {
        return find(WITH_ALL + "where r.id = ?1", id)
                .firstResultOptional()
                .filter(this::isSeen)
                .orElseThrow(() -> absent(id));
    }

    /** The run with this number, which is there, whoever asks: for what is decided, not for what is shown. */
    public Run known(long id) {
        return find(WITH_ALL + "where r.id = ?1", id).singleResult();
    }

    /** The run with this number, unless the one who asks must not see it. */
    public Optional<Run> seen(long id) {
        return findByIdOptional(id).filter(this::isSeen);
    }

    /** The same, its row locked until the end of the transaction: nobody else moves it meanwhile. */
    public Run requireLocked(long id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
                .filter(this::isSeen)
                .orElseThrow(() -> absent(id));
    }

    private boolean isSeen(Run run) {
        return sight.seesEverything() || sight.sees(run.where());
    }

    private static RuntimeException absent(long id) {
        return Problem.notFound("There is no run " + id, "the number of a run in the list")
                .toException();
    }

    /**
     * A page of runs, newest first.
     *
     * @param query what is asked for
     * @param before the number of the last run shown, {@link Long#MAX_VALUE} for the first page
     */
    @SuppressWarnings("unchecked")
    public List<Run> matching(RunQuery query, long before, int limit) {
        List<Long> ids =
                RunStatements.page(query, before, limit).in(getEntityManager()).getResultList();
        return withNumbers(ids);
    }

    /** The runs with these numbers, newest first. */
    List<Run> withNumbers(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : find(WITH_ALL + "where r.id in ?1 order by r.id desc", ids).list();
    }

    /** How many there are in each state, whatever state the query asks for; states without any are left out. */
    @SuppressWarnings("unchecked")
    public Map<RunState, Count> counts(RunQuery query) {
        var counts = new EnumMap<RunState, Count>(RunState.class);
        List<Object[]> rows = RunStatements.counts(query)
                .in(getEntityManager(), Object[].class)
                .getResultList();
        rows.forEach(row -> counts.put(
                RunState.of((String) row[0]), Count.upTo(RunStatements.COUNT, ((Number) row[1]).longValue(), false)));
        counts.values().removeIf(Count.NONE::equals);
        return counts;
    }

    /**
     * What is not over, newest first: those that wait for a person, those that move, and those that are planned, so many of
     * each at most. A page that somebody opens in an incident does not grow with the number of runs.
     */
    public List<Run> active(int each) {
        return Stream.of(
                        "r.state in ('waiting', 'awaiting-approval', 'rollback-failed') order by r.id desc",
                        "(r.state in ('running', 'rolling-back', 'paused') or r.state = 'queued' and r.startAt is null)"
                                + " order by r.id desc",
                        "r.state = 'queued' and r.startAt is not null order by r.startAt, r.id")
                .flatMap(which -> some(which, each).stream())
                .sorted(Comparator.comparing(Run::id).reversed())
                .toList();
    }

    private List<Run> some(String which, int limit) {
        Seen seen = sight.seen();
        int order = which.indexOf(" order by");
        return find(WITH_ALL + "where " + which.substring(0, order) + and(seen) + which.substring(order), with(seen))
                .page(0, limit)
                .list();
    }

    /** What is to begin between two moments, the end left out, in order; in one environment, of one service if they are named. */
    List<Run> plannedBetween(
            Instant from, Instant to, Optional<String> environment, Optional<String> service, int limit) {
        Seen seen = sight.seen();
        Parameters parameters = with(seen).and("from", from).and("to", to);
        environment.ifPresent(only -> parameters.and("environment", only));
        service.ifPresent(only -> parameters.and("service", only));
        return find(
                        WITH_ALL + "where r.startAt >= :from and r.startAt < :to"
                                + " and r.state in ('queued', 'awaiting-approval')"
                                + environment
                                        .map(any -> " and r.environment.key = :environment")
                                        .orElse("")
                                + service.map(any -> " and r.service = :service")
                                        .orElse("") + and(seen) + " order by r.startAt, r.id",
                        parameters)
                .page(0, limit)
                .list();
    }

    private static String and(Seen seen) {
        return seen.and("r.service", "r.environment.key");
    }

    private static Parameters with(Seen seen) {
        var parameters = new Parameters();
        seen.parameters().forEach(parameters::and);
        return parameters;
    }

    /** What ended since then, newest first. */
    public List<Run> endedSince(Instant since, int limit) {
        Seen seen = sight.seen();
        return find(
                        WITH_ALL + "where r.endedAt >= :since" + and(seen) + " order by r.endedAt desc, r.id desc",
                        with(seen).and("since", since))
                .page(0, limit)
                .list();
    }

    /** The latest runs of a migration. */
    public List<Run> latestOf(Migration migration, int limit) {
        Seen seen = sight.seen();
        return find(
                        WITH_ALL + "where r.migration = :migration" + and(seen) + " order by r.id desc",
                        with(seen).and("migration", migration))
                .page(0, limit)
                .list();
    }

    /** The latest runs in an environment. */
    public List<Run> latestIn(Environment environment, int limit) {
        Seen seen = sight.seen();
        return find(
                        WITH_ALL + "where r.environment = :environment" + and(seen) + " order by r.id desc",
                        with(seen).and("environment", environment))
                .page(0, limit)
                .list();
    }

    /** Who holds the lock on this service here. */
    public Optional<Run> holding(String service, Environment environment) {
        return find(WITH_ALL + "where r.service = ?1 and r.environment = ?2 and " + ACTIVE, service, environment)
                .firstResultOptional();
    }

    /** The runs of a migration that are not over, the newest first: one for each environment at most. */
    public List<Run> underWay(Migration migration) {
        return find(WITH_ALL + "where r.migration = ?1 and " + ACTIVE + " order by r.id desc", migration)
                .list();
    }

    /** The run that takes this one back, or took it back. */
    public Optional<Run> undoOf(Run run) {
        return find(
                        "undoesRun = ?1 and state in ('queued', 'running', 'waiting', 'paused', 'rolling-back',"
                                + " 'rollback-failed', 'rolled-back') order by id desc",
                        run)
                .firstResultOptional();
    }

    /** The ids of the steps of this run that runs made to take it back have undone: one that broke off undid some of them. */
    public Set<String> takenBack(Run run) {
        return Set.copyOf(getEntityManager()
                .createQuery(
                        "select s.stepId from RunStep s where s.run.undoesRun = :run and s.leg = 'back'"
                                + " and s.state = 'succeeded'",
                        String.class)
                .setParameter("run", run)
                .getResultList());
    }

    /**
     * What changed the same service in the same environment after this run and is still in effect as far as is known,
     * newest first: taking this one back may then undo only half.
     */
    public List<Run> changedSince(Run run, int limit) {
        Seen seen = sight.seen();
        return find(
                        WITH_ALL + "where r.id > :id and r.service = :service and r.environment = :environment"
                                + " and r.startedAt is not null and r.purpose <> 'rollback' and r.state <> 'rolled-back'"
                                + " and not exists (from Run back where back.undoesRun = r and back.state = 'rolled-back')"
                                + and(seen) + " order by r.id desc",
                        with(seen)
                                .and("id", run.id())
                                .and("service", run.service())
                                .and("environment", run.environment()))
                .page(0, limit)
                .list();
    }

    /** How the last live run of this revision ended that ended well or was taken back. */
    public Optional<Run> lastLiveOf(MigrationRevision revision) {
        return find(
                        SAME_WORK + " and purpose in ('live', 'rollback') and state in ('succeeded', 'rolled-back')"
                                + " order by endedAt desc, id desc",
                        sameWork(revision))
                .firstResultOptional();
    }

    /** Whether a rehearsal of this revision, or of one with the same work, succeeded. */
    public boolean wasRehearsed(MigrationRevision revision) {
        return !getEntityManager()
                .createQuery(
                        "select id from Run where " + SAME_WORK + " and purpose = 'rehearsal' and state = 'succeeded'",
                        Long.class)
                .setParameter("migration", revision.migration())
                .setParameter("revision", revision)
                .setParameter("work", revision.workHash())
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** The newest rehearsal of this revision, or of one with the same work, in one of these tiers that was not called off. */
    public Optional<Run> lastRehearsalOf(MigrationRevision revision, Collection<String> tiers) {
        return find(
                        SAME_WORK
                                + " and purpose = 'rehearsal' and environment.tier in :tiers and state in ('succeeded',"
                                + " 'failed', 'rolled-back', 'rollback-failed') order by id desc",
                        sameWork(revision).and("tiers", tiers))
                .firstResultOptional();
    }

    /** The newest rehearsal of a migration that passed, of whatever revision, if the one who asks may see it. */
    public Optional<Run> lastRehearsed(Migration migration) {
        return find(
                        WITH_ALL + "where r.migration = ?1 and r.purpose = 'rehearsal' and r.state = 'succeeded'"
                                + " order by r.id desc",
                        migration)
                .firstResultOptional()
                .filter(this::isSeen);
    }

    /** The runs that went ahead against a gate and that nobody looked at yet, newest first. */
    public List<Run> unreviewed(int limit) {
        Seen seen = sight.seen();
        return find(
                        WITH_ALL + "where r.breakGlassReason is not null and r.reviewedAt is null" + and(seen)
                                + " order by r.id desc",
                        with(seen))
                .page(0, limit)
                .list();
    }

    /** The same of one migration. */
    public List<Run> unreviewed(Migration migration) {
        return find(
                        WITH_ALL + "where r.migration = ?1 and r.breakGlassReason is not null and r.reviewedAt is null"
                                + " order by r.id desc",
                        migration)
                .page(0, 20)
                .stream()
                .filter(this::isSeen)
                .toList();
    }

    /** Whether this stands in the record of a run. */
    public boolean happened(Run run, String action) {
        return getEntityManager()
                        .createQuery(
                                "select count(e) from RunEvent e where e.key.runId = :run and e.action = :action",
                                Long.class)
                        .setParameter("run", run.id())
                        .setParameter("action", action)
                        .getSingleResult()
                > 0;
    }

    /** Those of what happened to a run that are called so, in order. */
    public List<RunEvent> eventsWith(Run run, Collection<String> actions) {
        return getEntityManager()
                .createQuery(
                        "from RunEvent e where e.key.runId = :run and e.action in :actions order by e.key.no",
                        RunEvent.class)
                .setParameter("run", run.id())
                .setParameter("actions", actions)
                .getResultList();
    }

    private static Parameters sameWork(MigrationRevision revision) {
        return Parameters.with("revision", revision)
                .and("migration", revision.migration())
                .and("work", revision.workHash());
    }

    /** How many runs of a migration the one who asks may see. */
    long countSeen(Migration migration) {
        Seen seen = sight.seen();
        var query = getEntityManager()
                .createQuery("select count(r) from Run r where r.migration = :migration" + and(seen), Long.class)
                .setParameter("migration", migration);
        seen.parameters().forEach(query::setParameter);
        return query.getSingleResult();
    }

    /** Whether a migration ever ran. */
    public boolean everRan(Migration migration) {
        return count("migration", migration) > 0;
    }

    /** Every step of a run on every leg, in the order they are walked. */
    public List<RunStep> steps(Run run) {
        return getEntityManager()
                .createQuery("from RunStep where run = :run order by legNo, position", RunStep.class)
                .setParameter("run", run)
                .getResultList();
    }

    /** The steps of several runs at once, for a list. */
    public List<RunStep> stepsOf(List<Run> runs) {
        return runs.isEmpty()
                ? List.of()
                : getEntityManager()
                        .createQuery(
                                "from RunStep s where s.run in :runs order by s.run.id, s.legNo, s.position",
                                RunStep.class)
                        .setParameter("runs", runs)
                        .getResultList();
    }

    /** The steps of one leg. */
    public List<RunStep> steps(Run run, int legNo) {
        return getEntityManager()
                .createQuery("from RunStep where run = :run and legNo = :legNo order by position", RunStep.class)
                .setParameter("run", run)
                .setParameter("legNo", legNo)
                .getResultList();
    }

    /**
     * The step of the present leg that runs, if any, and the next ones that are not passed: so many that a driver seldom
     * has to ask again.
     */
    public List<RunStep> nextSteps(Run run) {
        return getEntityManager()
                .createQuery(
                        "from RunStep where run = :run and legNo = :legNo"
                                + " and state not in ('succeeded', 'skipped', 'rolled-back')"
                                + " order by case when state = 'running' then 0 else 1 end, position",
                        RunStep.class)
                .setParameter("run", run)
                .setParameter("legNo", run.legNo())
                .setMaxResults(NEXT)
                .getResultList();
    }

    /** A step by its number in the database. */
    public RunStep requireStep(long id) {
        return getEntityManager().find(RunStep.class, id);
    }

    /** What happened after the event with this number, in order. */
    public List<RunEvent> eventsAfter(long runId, int no, int limit) {
        return getEntityManager()
                .createQuery("from RunEvent where key.runId = :run and key.no > :no order by key.no", RunEvent.class)
                .setParameter("run", runId)
                .setParameter("no", no)
                .setMaxResults(limit)
                .getResultList();
    }
}
