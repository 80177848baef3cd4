package dev.switchback.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Answers with the outcomes it was given, the last one again and again. */
public final class ScriptedExecutor implements StepExecutor {

    private final StepKind kind;
    private final Queue<Outcome> outcomes;
    public int asked;

    public ScriptedExecutor(StepKind kind, Outcome... outcomes) {
        this.kind = kind;
        this.outcomes = new ArrayDeque<>(List.of(outcomes));
    }

    @Override
    public StepKind kind() {
        return kind;
    }

    @Override
    public Outcome execute(JsonNode action, StepContext context) {
        asked++;
        return outcomes.size() > 1 ? outcomes.poll() : outcomes.peek();
    }

    @Override
    public String describe(JsonNode action) {
        return "scripted";
    }
}
