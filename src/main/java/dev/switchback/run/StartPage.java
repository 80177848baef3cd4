package dev.switchback.run;

import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.problem.Problem;
import dev.switchback.runbook.RunbookStep;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What somebody is about to start: what happens where, and how it is undone. Immutable.
 *
 * @param migration what is carried out
 * @param revision which revision
 * @param environment where; null while that is to be chosen
 * @param environments where it can be carried out
 * @param targets what the commands act on
 * @param steps how many steps there are
 * @param byPerson the numbers and titles of the steps that need a person
 * @param noReturn the number of the first step that cannot be undone; 0 when there is none
 * @param noReturnStep that step; null when there is none
 * @param undos how many steps have an undo
 * @param usually how long what runs by itself usually takes; null when not known
 * @param byHand how long people usually take with what they do themselves; null when not known
 * @param undoing how long undoing everything usually takes; null when not known
 * @param wasRehearsed whether this revision was rehearsed
 * @param holder the run that holds the lock; null when it is free
 * @param gates the go/no-go table of a live run there; null while the place is to be chosen
 * @param measuring how much can be measured; empty when the revision declares no metrics
 * @param form what was typed
 * @param problem why it was not started; null when nothing was tried
 */
public record StartPage(
        Migration migration,
        MigrationRevision revision,
        boolean unread,
        Environment environment,
        List<Environment> environments,
        String targets,
        int steps,
        List<String> byPerson,
        int noReturn,
        RunbookStep noReturnStep,
        int undos,
        Duration usually,
        Duration byHand,
        Duration undoing,
        boolean wasRehearsed,
        Run holder,
        GateTable gates,
        List<MeasureChoice> measuring,
        StartForm form,
        Problem problem) {

    public StartPage {
        environments = List.copyOf(environments);
        byPerson = List.copyOf(byPerson);
        measuring = List.copyOf(measuring);
    }

    /** To what the run would belong. */
    public Where where() {
        return Where.of(migration.service(), environment.key());
    }

    /** What it takes to start anything there at all. */
    public Right least() {
        return StartRun.least(environment);
    }

    /** How long it usually takes there, with what people do; empty when not known. */
    Optional<Duration> alone() {
        return usually == null || byHand == null ? Optional.empty() : Optional.of(usually.plus(byHand));
    }

    public boolean isProduction() {
        return environment != null && environment.tier().isProduction();
    }

    /** The demanded gates, the closed ones first. */
    public List<GateRow> demanded() {
        return gates.required().stream()
                .sorted(Comparator.comparing(GateRow::holds))
                .toList();
    }

    /** The closed gates against which a person may go ahead, those aside that only wait for approvals. */
    public List<GateRow> breakable() {
        return gates.closed().stream().filter(GateRow::isBreakable).toList();
    }

    /** Whether glass would have to be broken: more than approvals is missing. */
    public boolean isClosed() {
        return !gates.closedBesides(List.of()).isEmpty();
    }

    /** Whether pressing the button asks for approvals first. */
    public boolean asksForApproval() {
        return gates.onlyApprovalsMissing();
    }

    /** What the tag says: "All 9 gates hold". */
    public String gatesWords() {
        int all = gates.required().size();
        return gates.isReady() ? "All " + all + " gates hold" : gates.done() + " of " + all + " gates hold";
    }

    /** The gates that kept it back when it was tried; empty when it was something else. */
    @SuppressWarnings("unchecked")
    public List<GateRow> keptBackBy() {
        return problem == null
                ? List.of()
                : (List<GateRow>)
                        Optional.ofNullable(problem.more().get("gates")).orElse(List.of());
    }

    /** What stands in the band of a production page. */
    public String bandText() {
        return "The button on this page starts commands on " + targets + ".";
    }

    /** Where another run is in the way, the page of it; null otherwise. */
    public String inTheWay() {
        return problem == null
                ? null
                : Optional.ofNullable(problem.more().get("run"))
                        .map(run -> run.toString().replace("/api/v1", ""))
                        .orElse(null);
    }
}
