package dev.switchback.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.Condition;
import java.util.ArrayList;
import java.util.List;

/**
 * What is watched while a run of this runbook is under way, in the order of the file: what must stay true, then what the
 * undo of each step needs. Immutable.
 *
 * @param watches each condition with its place
 */
public record WatchPlan(List<Watch> watches) {

    /** What must stay true from the first step to the last. */
    public static final String HOLD = "hold";

    /** What an undo needs. */
    public static final String NEED = "need";

    /**
     * One condition.
     *
     * @param no its number among those of the run, from 1
     * @param kind {@link #HOLD} or {@link #NEED}
     * @param name what people call it; without a name how it is asked and what is expected
     * @param stepId the step whose undo needs it; null for a hold
     * @param condition how it is asked
     */
    public record Watch(int no, String kind, String name, String stepId, JsonNode condition) {

        public boolean isHold() {
            return kind.equals(HOLD);
        }
    }

    public WatchPlan {
        watches = List.copyOf(watches);
    }

    /** Reads it from a runbook; empty when it declares neither. */
    public static WatchPlan of(Runbook runbook) {
        var watches = new ArrayList<Watch>();
        runbook.holds().forEach(hold -> watches.add(new Watch(watches.size() + 1, HOLD, name(hold), null, hold)));
        for (RunbookStep step : runbook.steps()) {
            step.rollback()
                    .ifPresent(undo -> undo.needs()
                            .forEach(need ->
                                    watches.add(new Watch(watches.size() + 1, NEED, name(need), step.id(), need))));
        }
        return new WatchPlan(watches);
    }

    private static String name(JsonNode condition) {
        if (condition.path("name").isTextual()) {
            return condition.path("name").asText();
        }
        Condition asked = Condition.of(condition);
        boolean states = asked.is().isPresent() || asked.expectJson().isPresent();
        return question(condition) + (states ? " " + asked.expected() : "");
    }

    /** The question itself, on one line and short enough for a list. */
    private static String question(JsonNode condition) {
        JsonNode action = Condition.of(condition).action();
        String asked = "";
        for (String member : List.of("query", "command", "script", "request")) {
            asked = action.path(member).asText(asked);
        }
        String line = asked.strip().replaceAll("\\s+", " ");
        return line.length() > 120 ? line.substring(0, 119) + "…" : line;
    }

    public boolean isEmpty() {
        return watches.isEmpty();
    }

    public boolean hasHolds() {
        return watches.stream().anyMatch(Watch::isHold);
    }

    public boolean hasNeeds() {
        return watches.stream().anyMatch(watch -> !watch.isHold());
    }

    /** Those that must stay true. */
    public List<Watch> holds() {
        return watches.stream().filter(Watch::isHold).toList();
    }
}
