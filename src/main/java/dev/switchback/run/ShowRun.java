package dev.switchback.run;

import dev.switchback.comparison.Comparisons;
import dev.switchback.measurement.Measurements;
import dev.switchback.probe.ProbeCard;
import dev.switchback.probe.Probing;
import dev.switchback.problem.Problem;
import dev.switchback.step.StepExecutors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Gathers what the pages of a run show, in one transaction, so that nothing on a page contradicts itself. */
@ApplicationScoped
public class ShowRun {

    private static final int LOG_LINES = 200;
    private static final int EVENTS = 1000;

    @Inject
    Runs runs;

    @Inject
    RunLog log;

    @Inject
    PastTimes pastTimes;

    @Inject
    Drivers drivers;

    @Inject
    Probing probing;

    @Inject
    Watches watches;

    @Inject
    Approvals approvals;

    @Inject
    Measurements measurements;

    @Inject
    Comparisons comparisons;

    @Inject
    StepExecutors executors;

    @Inject
    InstantSource clock;

    /** The run with its steps. */
    public Walk walk(Run run) {
        Set<String> takenBack = run.state().isFinal() ? runs.takenBack(run) : Set.of();
        return new Walk(run, Legs.runbookOf(run), runs.steps(run), takenBack);
    }

    /** The page of a run. */
    @Transactional
    public RunPage page(long id, RunPage.Typed typed) {
        Walk walk = walk(runs.require(id));
        Run run = walk.run();
        StepTimes times = pastTimes.of(run.migration());
        var words = new StepDescription.Writer(executors, walk.runbook());
        Optional<RunStep> shown = walk.current();
        Optional<Run> undoneBy = run.state().isFinal() ? runs.undoOf(run) : Optional.empty();
        return new RunPage(
                run,
                Headline.of(walk, clock.instant()),
                LegRail.of(walk, times),
                Segments.of(walk, times, clock.instant()),
                shown.map(step -> StepCard.of(walk, step, times, words)).orElse(null),
                log(walk, shown),
                Brake.of(walk, undoneBy.isPresent(), clock.instant()),
                UndoView.of(walk, times, words),
                UsualTime.of(walk, times).orElse(null),
                targets(walk),
                run.undoes().map(Run::id).orElse(null),
                undoneBy.map(Run::id).orElse(null),
                drivers.of(id).orElse(null),
                probing.card(id, begins(walk)).orElse(null),
                measured(id).orElse(null),
                watches.card(walk).orElse(null),
                NoReturn.of(walk).orElse(null),
                EasyWayBack.of(run, walk.runbook()).orElse(null),
                happened(walk),
                approvals.of(run),
                Lateness.drift(walk, times, clock.instant()),
                WayBackTime.of(walk, askedBack(run)).orElse(null),
                typed);
    }

    private Optional<RunMeasured> measured(long id) {
        return RunMeasured.of(
                measurements.sidesOf(id), comparisons.ofRun(id).stream().findFirst());
    }

    private static List<ProbeCard.Begin> begins(Walk walk) {
        return walk.steps().stream()
                .filter(step -> step.startedAt() != null)
                .sorted(Comparator.comparing(RunStep::startedAt))
                .map(step -> new ProbeCard.Begin(String.valueOf(walk.number(step)), step.startedAt()))
                .toList();
    }

    /** The facts of its report, all of one moment. */
    @Transactional
    RunReport report(long id) {
        Walk walk = walk(runs.require(id));
        return RunReport.of(
                page(id, RunPage.Typed.NOTHING),
                walk,
                pastTimes.before(walk.run()),
                new StepDescription.Writer(executors, walk.runbook()));
    }

    /** When somebody, or a failure, sent it back; empty when its way back was planned. */
    private Optional<Instant> askedBack(Run run) {
        if (run.purpose() == Purpose.ROLLBACK) {
            return Optional.ofNullable(run.createdAt());
        }
        return runs.eventsAfter(run.id(), 0, EVENTS).stream()
                .filter(event ->
                        event.stepId() == null && RunState.ROLLING_BACK.word().equals(event.toState()))
                .map(RunEvent::at)
                .findFirst();
    }

    private List<Happened> happened(Walk walk) {
        long id = walk.run().id();
        List<RunEvent> events = runs.eventsAfter(id, 0, EVENTS);
        return events.isEmpty()
                ? log.eventsRemoved(id).map(Happened::removed).map(List::of).orElse(List.of())
                : Happened.of(walk, events);
    }

    private LogView log(Walk walk, Optional<RunStep> shown) {
        Run run = walk.run();
        return shown.or(walk::last)
                .map(this::stepLog)
                .orElseGet(() -> wholeLog(run))
                .newest(LOG_LINES);
    }

    /** The log of one step on one leg. */
    LogView.Reader stepLog(RunStep step) {
        return new LogView.Reader(
                log,
                new RunLog.Part(step.run().id(), step.stepId(), OptionalInt.of(step.legNo())),
                step.leg().word(),
                new LogView.Place("/runs/" + step.run().id() + "/steps/" + step.stepId(), step.legNo()));
    }

    /** The whole log. */
    LogView.Reader wholeLog(Run run) {
        return new LogView.Reader(
                log, RunLog.Part.whole(run.id()), "", new LogView.Place("/runs/" + run.id() + "/log", null));
    }

    /** One step on one leg, for its own page. */
    StepCard card(Walk walk, RunStep step) {
        return StepCard.of(
                walk,
                step,
                pastTimes.of(walk.run().migration()),
                new StepDescription.Writer(executors, walk.runbook()));
    }

    /** What would be undone, for the confirmation. */
    UndoView undo(Walk walk) {
        return UndoView.of(
                walk, pastTimes.of(walk.run().migration()), new StepDescription.Writer(executors, walk.runbook()));
    }

    /** The last look before it is taken back. */
    RollbackPage rollback(Run run, String typed, Problem problem) {
        Walk walk = walk(run);
        var words = new StepDescription.Writer(executors, walk.runbook());
        Optional<EasyWayBack> limit = EasyWayBack.of(run, walk.runbook());
        return new RollbackPage(
                run,
                undo(walk),
                limit.orElse(null),
                limit.filter(each -> each.isOver(clock.instant()))
                        .map(each -> each.ended(clock.instant()))
                        .orElse(""),
                walk.runbook().rollbackNote(),
                run.state().isFinal() ? runs.changedSince(run, 5) : List.of(),
                PinnedApart.of(run.pinnedEnvironment(), run.environment().content()),
                walk.wayBack().undos().stream()
                        .flatMap(undo -> undo.step().rollback().orElseThrow().needs().stream()
                                .map(need -> "step " + walk.number(undo.step().id()) + ": " + words.condition(need)))
                        .toList(),
                typed,
                problem);
    }

    /** The targets that its steps name, in words. */
    private String targets(Walk walk) {
        return targets(new StepDescription.Writer(executors, walk.runbook()), walk.runbook());
    }

    static String targets(StepDescription.Writer words, dev.switchback.runbook.Runbook runbook) {
        var names = new TreeSet<String>();
        runbook.steps().stream()
                .map(step -> words.of(step).where())
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names.isEmpty() ? "nothing by itself" : String.join(", ", names);
    }
}
