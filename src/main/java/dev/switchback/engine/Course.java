package dev.switchback.engine;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.run.Legs;
import dev.switchback.run.Run;
import dev.switchback.run.RunStep;
import dev.switchback.run.WatchPlan;
import dev.switchback.runbook.Runbook;
import dev.switchback.spool.Batch;
import dev.switchback.step.StepExecutor.Preparation;
import java.util.List;
import java.util.Optional;

/** One driver on its way through one run: what it may rely on and need not read again. Used by one thread. */
final class Course {

    private final Lease lease;
    private final Reins reins;
    private final Optional<String> before;
    private Runbook runbook;
    private EnvironmentContent environment;
    private String begun;
    private MeasureLegs.Said said;
    private int sawOldState;
    private boolean checksAsked;
    private WatchPlan watched;
    private boolean holdsAsked;
    private Run run;
    private List<RunStep> ahead = List.of();
    private Optional<Batch> lines = Optional.empty();
    private Preparation prepared = Preparation.NOTHING;

    /** @param before which instance drove the run before; empty when none did */
    Course(Lease lease, Reins reins, Optional<String> before) {
        this.lease = lease;
        this.reins = reins;
        this.before = before;
    }

    Lease lease() {
        return lease;
    }

    Reins reins() {
        return reins;
    }

    Optional<String> before() {
        return before;
    }

    /** The pinned revision, read once. */
    Runbook runbook(Run run) {
        if (runbook == null) {
            runbook = Legs.runbookOf(run);
        }
        return runbook;
    }

    /** The pinned environment, read once. */
    EnvironmentContent environment(Run run) {
        if (environment == null) {
            environment = run.pinnedEnvironment();
        }
        return environment;
    }

    /** What is watched while the pinned revision is carried out, read once. */
    WatchPlan watched(Run run) {
        if (watched == null) {
            watched = WatchPlan.of(runbook(run));
        }
        return watched;
    }

    /** Whether it was asked, since the last step, if what must stay true does. */
    boolean holdsAreAsked() {
        return holdsAsked;
    }

    void askedHolds() {
        holdsAsked = true;
    }

    /** Something was done since: what was answered may not be true any more. */
    void holdsAreOld() {
        holdsAsked = false;
    }

    /**
     * What the driver saw when it looked last.
     *
     * @param seen the run, after everything that was written then
     * @param steps those of its leg that come after the one that begins, in order
     */
    void sees(Run seen, List<RunStep> steps) {
        run = seen;
        ahead = steps;
    }

    /** What it saw may be old. */
    void forget() {
        run = null;
        ahead = List.of();
    }

    /** The run as it was seen last; null when it has to be looked at. */
    Run run() {
        return run;
    }

    /** The steps behind the present one, as they were seen last. */
    List<RunStep> ahead() {
        return ahead;
    }

    /** The first of those ahead is the present one now. */
    void goesOn() {
        ahead = ahead.subList(1, ahead.size());
    }

    /** What was made ready for the step after the present one; what was made ready before is given up if it is unused. */
    void hasReady(Preparation next) {
        prepared.close();
        prepared = next;
    }

    /** What the judge said of what the run has measured; null until he was asked. */
    MeasureLegs.Said said() {
        return said;
    }

    void heard(MeasureLegs.Said verdict) {
        said = verdict;
    }

    /** Whether this driver has looked for the old state after this leg. */
    boolean hasSeenOldState(int legNo) {
        return sawOldState == legNo;
    }

    void seesOldState(int legNo) {
        sawOldState = legNo;
    }

    /** Whether this driver has asked the checks before the first step. */
    boolean hasAskedChecks() {
        return checksAsked;
    }

    void asksChecks() {
        checksAsked = true;
    }

    /** This driver is about to carry this attempt out, if the database takes it. */
    void begins(RunStep step) {
        begun = name(step);
    }

    /** The same, before the attempt is counted. */
    void beginsNext(RunStep step) {
        begun = step.id() + "/" + (step.attempt() + 1);
    }

    /** Whether it is this driver that began this attempt and has not carried it out yet. */
    boolean hasBegun(RunStep step) {
        return name(step).equals(begun);
    }

    /** It was carried out. */
    void ended() {
        begun = null;
    }

    /** Lines of the attempt that are stored together with what came of it. */
    void keep(Optional<Batch> rest) {
        lines = rest;
    }

    Optional<Batch> lines() {
        return lines;
    }

    void linesStored() {
        lines = Optional.empty();
    }

    private static String name(RunStep step) {
        return step.id() + "/" + step.attempt();
    }
}
