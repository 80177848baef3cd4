package dev.switchback.engine;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.run.AskTargets;
import dev.switchback.run.Purpose;
import dev.switchback.run.Run;
import dev.switchback.run.RunEvent;
import dev.switchback.run.RunLedger;
import dev.switchback.run.RunStep;
import dev.switchback.run.Runs;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.Answer;
import dev.switchback.step.Condition;
import dev.switchback.step.Durations;
import dev.switchback.step.StepKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks the checks of a rehearsal before its first step, and again when a way back is over: what held must hold, what did
 * not hold must not. What every check says at first stands in the record of the run, one event each, so that another
 * driver can go on. A check that could not be asked at first is compared with nothing; one that does not hold yet at
 * first and holds after the way back counts only where every step that changes something has an undo, because what is
 * left on purpose may make it hold. A check gets the time it has as a step, 3 s at least, to say the same again.
 */
@ApplicationScoped
class ChecksBefore {

    /** What a check said before the first step, as the happening of an event. */
    static final String HELD = "held-before";

    static final String DID_NOT_HOLD = "did-not-hold-before";
    static final String NOT_ASKED = "not-asked-before";

    private static final Duration LEAST = Duration.ofSeconds(3);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    @Inject
    AskTargets ask;

    @Inject
    Runs runs;

    @Inject
    RunLedger ledger;

    /** To be asked outside of the transaction. */
    record Look(List<RunbookStep> checks, EnvironmentContent environment) implements RunDriver.Work {}

    /**
     * What a check said before the first step.
     *
     * @param check the step
     * @param held whether it held
     */
    record Said(RunbookStep check, boolean held) {}

    /** Whether this move is the first of a rehearsal that has checks which were not asked yet. */
    Optional<RunDriver.Work> before(NextMove move, Course course, Run run) {
        if (run.purpose() != Purpose.REHEARSAL
                || run.legNo() > 1
                || course.hasAskedChecks()
                || !(move instanceof NextMove.Try first)
                || !isFirst(first.step(), course.runbook(run))) {
            return Optional.empty();
        }
        List<RunbookStep> checks = SeeOldState.reversible(course.runbook(run))
                .filter(step -> step.kind() == StepKind.CHECK)
                .toList();
        return checks.isEmpty() ? Optional.empty() : Optional.of(new Look(checks, course.environment(run)));
    }

    private static boolean isFirst(RunStep step, Runbook runbook) {
        return step.attempt() == 0
                && step.stepId().equals(runbook.steps().get(0).id());
    }

    /** Asks them all; what they said is written under the lock of the run. */
    RunDriver.Entry look(Course course, Look look) {
        var answers = new ArrayList<Answer>();
        for (RunbookStep check : look.checks()) {
            if (course.reins().dropped() || course.reins().leaving()) {
                return RunDriver.Entry.NOTHING;
            }
            answers.add(ask.once(Condition.of(check.action()), look.environment()));
        }
        course.asksChecks();
        return run -> {
            Map<String, RunStep> rows = runs.steps(run, run.legNo()).stream()
                    .collect(Collectors.toMap(RunStep::stepId, Function.identity()));
            for (int i = 0; i < answers.size(); i++) {
                Answer answer = answers.get(i);
                ledger.note(
                        run,
                        rows.get(look.checks().get(i).id()),
                        happening(answer),
                        RunLedger.ENGINE,
                        answer.message());
            }
        };
    }

    private static String happening(Answer answer) {
        return switch (answer.state()) {
            case HOLDS -> HELD;
            case DOES_NOT_HOLD -> DID_NOT_HOLD;
            case COULD_NOT_ASK -> NOT_ASKED;
        };
    }

    /** What can be compared after a way back; needs the transaction that holds the run. */
    List<Said> said(Run run, Runbook runbook) {
        Map<String, String> first = runs.eventsWith(run, List.of(HELD, DID_NOT_HOLD, NOT_ASKED)).stream()
                .collect(Collectors.toMap(RunEvent::stepId, RunEvent::action, (earlier, later) -> later));
        boolean everythingGoesBack = SeeOldState.reversible(runbook)
                .filter(RunbookStep::changes)
                .allMatch(step -> step.rollback().isPresent());
        return SeeOldState.reversible(runbook)
                .filter(step -> HELD.equals(first.get(step.id()))
                        || everythingGoesBack && DID_NOT_HOLD.equals(first.get(step.id())))
                .map(step -> new Said(step, HELD.equals(first.get(step.id()))))
                .toList();
    }

    /** What this check says against the old state; asked again for as long as it may take. Empty when nothing. */
    Optional<String> against(Course course, Said said, EnvironmentContent environment) throws InterruptedException {
        Condition condition = Condition.of(said.check().action());
        long deadline = System.nanoTime() + patience(said.check()).toNanos();
        Answer answer = ask.once(condition, environment);
        while (!isSame(said, answer)
                && System.nanoTime() < deadline
                && !course.reins().dropped()
                && !course.reins().leaving()) {
            course.reins().rest(BETWEEN_TRIES);
            answer = ask.once(condition, environment);
        }
        return isSame(said, answer) ? Optional.empty() : Optional.of(sentence(said, answer));
    }

    private static Duration patience(RunbookStep check) {
        String within = check.action().path("within").asText("");
        Duration stated = within.isEmpty() ? LEAST : Durations.parse(within);
        return stated.compareTo(LEAST) < 0 ? LEAST : stated;
    }

    static boolean isSame(Said said, Answer answer) {
        return !answer.couldNotAsk() && answer.holds() == said.held();
    }

    static String sentence(Said said, Answer answer) {
        String before =
                "check " + said.check().id() + (said.held() ? " held" : " did not hold") + " before the change and ";
        return switch (answer.state()) {
            case HOLDS -> before + "holds after the way back (" + answer.message() + ")";
            case DOES_NOT_HOLD -> before + "does not after the way back (" + answer.message() + ")";
            case COULD_NOT_ASK -> before + "could not be asked after the way back (" + answer.message() + ")";
        };
    }

    /** {@code ; check seen says what it said before the change}; empty when there was none to ask. */
    static String asBefore(List<Said> checks) {
        String ids = checks.stream().map(said -> said.check().id()).collect(Collectors.joining(", "));
        return switch (checks.size()) {
            case 0 -> "";
            case 1 -> "; check " + ids + " says what it said before the change";
            default -> "; checks " + ids + " say what they said before the change";
        };
    }
}
