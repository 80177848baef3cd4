package dev.switchback.runbook;

import static dev.switchback.runbook.Finding.Level.ERROR;
import static dev.switchback.runbook.Finding.Level.INFO;
import static dev.switchback.runbook.Finding.Level.WARNING;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.step.StepKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Looks at a valid migration for what tends to hurt in the night. Few rules, each of them right; what can be decided
 * for sure and must not be is refused by the check of the file, not found here. Pure functions, safe for use by several
 * threads.
 */
public final class Linter {
    private static final Set<StepKind> OVER_THE_NETWORK =
            EnumSet.of(StepKind.SSH, StepKind.HTTP, StepKind.SQL, StepKind.REDIS, StepKind.KUBERNETES);

    /** Deleting what is gone changes nothing; a person can be asked. */
    private static final Set<StepKind> DONE_TWICE_LIKE_ONCE = EnumSet.of(StepKind.MANUAL, StepKind.REDIS);

    private final Runbook runbook;
    private final List<Finding> findings = new ArrayList<>();

    private Linter(Runbook runbook) {
        this.runbook = runbook;
    }

    /** All findings: errors first, then warnings, then advice, each in the order of the file. */
    public static List<Finding> of(ObjectNode migrationContent) {
        Linter linter = new Linter(Runbook.of(migrationContent));
        linter.look();
        linter.findings.addAll(SecretsInText.in(migrationContent));
        linter.findings.sort(Comparator.comparing(Finding::level));
        return List.copyOf(linter.findings);
    }

    private void look() {
        List<RunbookStep> steps = runbook.steps();
        for (int i = 0; i < steps.size(); i++) {
            RunbookStep step = steps.get(i);
            String place = "steps[" + i + "]";
            lookAtUndo(step, place);
            lookAtInterruption(step, place);
            lookAtPointOfNoReturn(step, steps.subList(i + 1, steps.size()), place);
            lookAtPhase(step, steps.subList(0, i), place);
            lookAtAction(step, place);
            findings.addAll(SqlRules.of(step, place));
        }
        lookAtProof();
    }

    private void lookAtUndo(RunbookStep step, String place) {
        String name = name(step);
        boolean onlyLooks = step.kind() == StepKind.MANUAL && step.phase() == Phase.VERIFY;
        if (step.changes() && !onlyLooks && !step.answersForItsUndo()) {
            boolean refills = step.kind() == StepKind.REDIS || step.phase() == Phase.CLEAR_CACHE;
            add(
                    "undo-missing",
                    refills || step.kind() == StepKind.MANUAL ? WARNING : ERROR,
                    place,
                    name + " changes something and has no way back",
                    "add a rollback, or irreversible with a reason, or noRollback with a reason");
        }
        if (step.rollback().isPresent()
                && (step.irreversible().isPresent() || step.noRollback().isPresent())) {
            add(
                    "undo-contradicted",
                    WARNING,
                    place,
                    name + " has a rollback and also says that it has none",
                    "keep the rollback, or the reason, not both");
        }
    }

    private void lookAtInterruption(RunbookStep step, String place) {
        boolean settles =
                step.idempotent() || step.appliedWhen().isPresent() || DONE_TWICE_LIKE_ONCE.contains(step.kind());
        if (step.changes() && !settles) {
            add(
                    "interruption-unsettled",
                    WARNING,
                    place,
                    name(step) + " is not safe to repeat and nothing tells whether it happened",
                    "add appliedWhen, a condition that finds out; or idempotent: true if it may be done twice");
        }
        if (step.idempotent() && step.retries() == 0 && step.changes() && OVER_THE_NETWORK.contains(step.kind())) {
            add(
                    "retries-missing",
                    INFO,
                    place,
                    name(step) + " may be done twice but is not retried",
                    "add retries: 2, so that a lost connection does not wake anybody");
        }
    }

    private void lookAtPointOfNoReturn(RunbookStep step, List<RunbookStep> later, String place) {
        if (step.irreversible().isEmpty()) {
            return;
        }
        if (step.phase() != Phase.CONTRACT) {
            add(
                    "irreversible-early",
                    WARNING,
                    place,
                    name(step) + " cannot be undone and stands in the phase "
                            + step.phase().word(),
                    "move it to the phase contract, when nobody wants to go back any more");
        } else if (later.stream()
                .anyMatch(next -> next.changes() && next.rollback().isPresent())) {
            add(
                    "irreversible-early",
                    WARNING,
                    place,
                    "After " + name(step) + ", which cannot be undone, come steps that can",
                    "put the irreversible steps last");
        }
    }

    private void lookAtPhase(RunbookStep step, List<RunbookStep> earlier, String place) {
        earlier.stream()
                .filter(before -> before.phase().compareTo(step.phase()) > 0)
                .findFirst()
                .ifPresent(before -> add(
                        "phase-order",
                        INFO,
                        place,
                        name(step) + " of the phase " + step.phase().word() + " comes after " + name(before)
                                + " of the phase " + before.phase().word(),
                        "steps run in the order of the file: check that this one is meant"));
    }

    private void lookAtAction(RunbookStep step, String place) {
        boolean stated = step.action().has("expectStatus") || step.action().has("expectJson");
        if (step.kind() == StepKind.HTTP && step.changes() && !stated) {
            add(
                    "http-unproven",
                    INFO,
                    place + ".http",
                    name(step) + " takes any 2xx answer for success",
                    "add expectStatus, or better expectJson: a status alone does not prove that the change was made");
        }
        if (step.kind() == StepKind.REDIS
                && deletesEverything(step)
                && !step.action().has("atMost")) {
            add(
                    "cache-cleared-whole",
                    WARNING,
                    place + ".redis",
                    name(step) + " deletes every key of the database",
                    "name a prefix such as settings:*, or say atMost: other applications may keep their data there");
        }
    }

    private static boolean deletesEverything(RunbookStep step) {
        return Members.texts(step.action(), "delete").contains("*")
                || step.action().path("delete").asText().equals("*");
    }

    private void lookAtProof() {
        List<RunbookStep> steps = runbook.steps();
        int lastChange = -1;
        for (int i = 0; i < steps.size(); i++) {
            boolean forward = steps.get(i).changes() && steps.get(i).kind() != StepKind.MANUAL;
            lastChange = forward && steps.get(i).irreversible().isEmpty() ? i : lastChange;
        }
        if (lastChange < 0) {
            return;
        }
        if (!runbook.content().has("probe")) {
            add(
                    "probe-missing",
                    INFO,
                    "",
                    "Nothing watches the service while the steps run",
                    "add a probe: without one no run can be called without downtime");
        }
        if (steps.subList(lastChange, steps.size()).stream().noneMatch(Linter::looks)) {
            add(
                    "change-unverified",
                    INFO,
                    "steps[" + lastChange + "]",
                    "After " + name(steps.get(lastChange)) + " nothing looks whether the service is well",
                    "add a check, measure or manual step behind it");
        }
    }

    private static boolean looks(RunbookStep step) {
        return switch (step.kind()) {
            case CHECK, MEASURE, MANUAL -> true;
            case HTTP, SQL, SHELL, SSH, REDIS, KUBERNETES, WAIT, PROMETHEUS -> step.phase() == Phase.VERIFY;
        };
    }

    private static String name(RunbookStep step) {
        return "Step “" + step.id() + "”";
    }

    private void add(String rule, Finding.Level level, String place, String message, String remedy) {
        findings.add(new Finding(rule, level, place, message, remedy, null));
    }
}
