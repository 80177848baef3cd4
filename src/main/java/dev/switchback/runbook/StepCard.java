package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Condition;
import dev.switchback.step.Durations;
import dev.switchback.step.StepKind;
import dev.switchback.web.ActionCard;
import dev.switchback.web.ConditionCard;
import dev.switchback.web.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step as the runbook page shows it: forward and back side by side.
 *
 * @param number its place in the runbook, from 1
 * @param step the step
 * @param forward what it does
 * @param back what undoes it, or null
 * @param appliedWhen how to find out whether it happened, or null
 * @param needs what the way back needs
 * @param rules how patient and how repeatable it is
 * @param backRules the same of the way back
 */
public record StepCard(
        int number,
        RunbookStep step,
        ActionCard forward,
        ActionCard back,
        ConditionCard appliedWhen,
        List<ConditionCard> needs,
        List<Fact> rules,
        List<Fact> backRules) {

    /** Every step of a runbook, in order. */
    public static List<StepCard> of(Runbook runbook) {
        var cards = new ArrayList<StepCard>();
        runbook.steps().forEach(step -> cards.add(of(cards.size() + 1, step)));
        return List.copyOf(cards);
    }

    private static StepCard of(int number, RunbookStep step) {
        Optional<RunbookUndo> undo = step.rollback();
        return new StepCard(
                number,
                step,
                ActionCard.of(step.kind(), step.action()),
                undo.map(back -> ActionCard.of(back.kind(), back.action())).orElse(null),
                step.appliedWhen().map(ConditionCard::of).orElse(null),
                undo.map(back -> back.needs().stream().map(ConditionCard::of).toList())
                        .orElse(List.of()),
                rules(step),
                undo.map(StepCard::rules).orElse(List.of()));
    }

    private static List<Fact> rules(RunbookStep step) {
        var rules = new ArrayList<Fact>();
        step.timeout()
                .ifPresent(timeout -> rules.add(Fact.words(
                        "given up after",
                        Durations.words(timeout) + ", then " + Durations.words(step.grace()) + " of grace")));
        if (step.changes() && step.kind() != StepKind.MANUAL) {
            String delay = Durations.words(step.retryDelay());
            rules.add(Fact.words("safe to repeat", repeat(step.idempotent(), step.retries(), delay)));
        }
        if (!step.expectChanges().isEmpty()) {
            rules.add(Fact.code("may change only", String.join(", ", step.expectChanges())));
        }
        return List.copyOf(rules);
    }

    private static List<Fact> rules(RunbookUndo undo) {
        var rules = new ArrayList<Fact>();
        undo.timeout().ifPresent(timeout -> rules.add(Fact.words("given up after", Durations.words(timeout))));
        if (undo.idempotent()) {
            rules.add(Fact.words("safe to repeat", repeat(true, undo.retries(), Durations.words(undo.retryDelay()))));
        }
        return List.copyOf(rules);
    }

    private static String repeat(boolean idempotent, int retries, String delay) {
        if (!idempotent) {
            return "no";
        }
        return retries == 0
                ? "yes"
                : "yes, by itself up to " + retries + (retries == 1 ? " time" : " times") + ", " + delay + " apart";
    }

    /** The targets that it, its way back and its questions name. */
    public List<String> targets() {
        var targets = new ArrayList<String>();
        collect(step.action(), targets);
        step.appliedWhen().ifPresent(node -> collect(node, targets));
        step.rollback().ifPresent(undo -> {
            collect(undo.action(), targets);
            undo.needs().forEach(node -> collect(node, targets));
        });
        return List.copyOf(targets);
    }

    private static void collect(JsonNode node, List<String> targets) {
        if (node.path("target").isTextual()) {
            targets.add(node.path("target").asText());
        }
        // A condition, also one in a check, holds its action one level down.
        Condition.READING.stream()
                .map(kind -> node.path(kind.word()).path("target"))
                .filter(JsonNode::isTextual)
                .forEach(target -> targets.add(target.asText()));
    }

    /** Whether it is where the way back ends. */
    public boolean isPointOfNoReturn() {
        return step.irreversible().isPresent();
    }

    /** Whether an interruption leaves a question that only a person can answer. */
    public boolean isNotRepeatable() {
        return step.changes() && step.kind() != StepKind.MANUAL && !step.idempotent() && appliedWhen == null;
    }

    /** The reason that the file gives for having no way back, or empty. */
    public String why() {
        return step.irreversible().or(step::noRollback).orElse("");
    }

    /** Whether there is nothing to undo because nothing changes. */
    public boolean onlyLooks() {
        return back == null && why().isEmpty() && !step.changes();
    }

    /** The first step of its phase carries the phase's heading. */
    public boolean begins(List<StepCard> all) {
        return number == 1 || all.get(number - 2).step().phase() != step.phase();
    }
}
