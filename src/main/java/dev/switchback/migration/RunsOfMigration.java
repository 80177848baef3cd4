package dev.switchback.migration;

import dev.switchback.environment.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the pages of a migration want to know of its runs. Asked here, answered by the room of the runs. */
public interface RunsOfMigration {

    /**
     * A run in a list.
     *
     * @param id its number
     * @param purpose rehearsal, live or rollback
     * @param state the word of its state
     * @param environment the key of the environment
     * @param revision the number of the revision
     * @param at when it began, or was asked for
     * @param took how long it took, or has taken; null when it has not begun
     * @param sentence what is to be said about it, or empty
     * @param canRollBack whether a rollback of it may be asked for
     */
    record LatestRun(
            long id,
            String purpose,
            String state,
            String environment,
            int revision,
            Instant at,
            Duration took,
            String sentence,
            boolean canRollBack) {}

    /** Whether a rehearsal of this revision, or of another one with the same work, succeeded. */
    boolean wasRehearsed(MigrationRevision revision);

    /** How the last live run of this revision, or of another one with the same work, ended. */
    MigrationState.LastLive lastLive(MigrationRevision revision);

    /** The latest runs of a migration, newest first. */
    List<LatestRun> latest(Migration migration, int limit);

    /** The latest run of each of these, by the id of the migration. */
    Map<Long, LatestRun> latestOfEach(List<Migration> migrations);

    /**
     * How long the steps of a migration usually take going forward.
     *
     * @param byMachine what runs by itself; zero when nothing does
     * @param byHand how long people took with what they do themselves; zero when nothing is
     * @param runs from how many runs this is known
     */
    record Estimate(Duration byMachine, Duration byHand, long runs) {}

    /** What these steps usually take; empty when one of them never succeeded: half a sum would promise too much. */
    Optional<Estimate> estimate(Migration migration, List<String> byMachine, List<String> byHand);

    /**
     * A run that is not over: moving, waiting, paused or queued.
     *
     * @param seen its number; empty when the one who asks may not see it
     */
    record UnderWay(Optional<Long> seen) {}

    /** What of it is under way, if anything is; one that the one who asks may see comes first. */
    Optional<UnderWay> underWay(Migration migration);

    /**
     * How often a revision was run.
     *
     * @param count how many runs there are of it
     * @param latest the number of the latest
     */
    record RunsOfRevision(long count, long latest) {}

    /** The runs of each of these revisions, by the number of the revision; none where it never ran. */
    Map<Integer, RunsOfRevision> ofRevisions(Migration migration, List<MigrationRevision> revisions);

    /** How many of them the one who asks may see. */
    long count(Migration migration);

    /** Whether it ever ran, whoever may see that. */
    boolean everRan(Migration migration);

    /** How long each step took the last time it succeeded going forward, by the id of the step. */
    Map<String, Duration> took(Migration migration);

    /** The number of the run that holds this service in this environment. */
    Optional<Long> holding(String service, Environment environment);
}
