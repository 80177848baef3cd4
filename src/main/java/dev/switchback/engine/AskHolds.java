package dev.switchback.engine;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.run.AskTargets;
import dev.switchback.run.Purpose;
import dev.switchback.run.Run;
import dev.switchback.run.RunHappening;
import dev.switchback.run.RunLedger;
import dev.switchback.run.WatchPlan;
import dev.switchback.run.Watches;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.Answer;
import dev.switchback.step.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What a driver asks between two steps: whether what must stay true still does. When it does not, or nobody could find out,
 * the run pauses there; a live run also before it changes anything while its way back is not ready. On the way back nothing
 * of this stops anybody. A run that declares neither costs nothing here.
 */
@ApplicationScoped
class AskHolds {

    private static final int TRIES = 3;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    @Inject
    AskTargets ask;

    @Inject
    Watches watches;

    @Inject
    RunLedger ledger;

    @Inject
    InstantSource clock;

    /** To be asked outside of the transaction. */
    record Look(List<WatchPlan.Watch> asked, EnvironmentContent environment) implements RunDriver.Work {}

    /** In the transaction that begins the run. */
    void begin(Course course, Run run) {
        watches.begin(run, course.watched(run));
    }

    /** Whether there is anything to be looked at before each step; a pure function of what is pinned. */
    boolean concerns(Course course, Run run) {
        WatchPlan plan = course.watched(run);
        return Watches.watches(run, plan) && (plan.hasHolds() || run.purpose() == Purpose.LIVE);
    }

    /** What has to be asked before this move, or that the run pauses here; needs the transaction that holds the run. */
    Optional<RunDriver.Work> before(NextMove move, Course course, Run run) {
        if (!isForward(move, run) || !concerns(course, run)) {
            return Optional.empty();
        }
        // What the undos need is asked once more at the end: what held then is what a later rollback may rely on.
        List<WatchPlan.Watch> asked = move instanceof NextMove.Finish
                ? watches.toAsk(run, course.watched(run))
                : course.watched(run).holds();
        if (!asked.isEmpty() && !course.holdsAreAsked()) {
            return Optional.of(
                    course.reins().isFresh() ? new Look(asked, course.environment(run)) : new RunDriver.Work.Again());
        }
        return watches.against(run, changes(move, course.runbook(run))).map(why -> pause(run, why));
    }

    private static boolean isForward(NextMove move, Run run) {
        boolean goesOn =
                move instanceof NextMove.Try || move instanceof NextMove.Turn || move instanceof NextMove.Finish;
        return goesOn && !run.isGoingBack();
    }

    private static boolean changes(NextMove move, Runbook runbook) {
        return move instanceof NextMove.Try next
                && runbook.step(next.step().stepId()).map(RunbookStep::changes).orElse(true);
    }

    private RunDriver.Work pause(Run run, String why) {
        ledger.move(run, RunHappening.PAUSE, RunLedger.ENGINE, why);
        run.because(why);
        return new RunDriver.Work.Done();
    }

    /** Asks; what came of it is written under the lock of the run. A target that is just starting again gets a moment. */
    RunDriver.Entry look(Course course, Look look) throws InterruptedException {
        Instant askedAt = clock.instant();
        var answers = new LinkedHashMap<Integer, Answer>();
        for (WatchPlan.Watch watch : look.asked()) {
            Answer answer = watch.isHold()
                    ? answer(course, Condition.of(watch.condition()), look.environment())
                    : ask.once(Condition.of(watch.condition()), look.environment());
            if (watch.isHold() || !answer.couldNotAsk()) {
                answers.put(watch.no(), answer);
            }
        }
        var said = new Watches.Said(answers, askedAt);
        return run -> {
            watches.begin(run, course.watched(run));
            if (watches.isNews(run, said)) {
                watches.heard(run, said);
            }
            course.askedHolds();
        };
    }

    private Answer answer(Course course, Condition condition, EnvironmentContent environment)
            throws InterruptedException {
        Answer answer = ask.once(condition, environment);
        for (int tries = 1;
                answer.couldNotAsk() && tries < TRIES && !course.reins().leaving();
                tries++) {
            course.reins().rest(BETWEEN_TRIES);
            answer = ask.once(condition, environment);
        }
        return answer;
    }
}
