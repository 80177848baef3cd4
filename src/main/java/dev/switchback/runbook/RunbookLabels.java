package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.web.ConditionCard;
import io.quarkus.qute.TemplateExtension;

/** Words for what a runbook is made of. */
@TemplateExtension
public final class RunbookLabels {

    private RunbookLabels() {}

    /** What a phase means to a reader. */
    public static String sentence(Phase phase) {
        return switch (phase) {
            case PREPARE -> "Prepare: nothing changes for users";
            case CHANGE -> "Change: what users meet becomes another";
            case CLEAR_CACHE -> "Clear caches";
            case VERIFY -> "Verify";
            case CONTRACT -> "Contract: the old way goes";
        };
    }

    /** A condition of validated content, readable. */
    public static ConditionCard asCondition(JsonNode condition) {
        return ConditionCard.of(condition);
    }

    /** What happens by itself when a step fails. */
    public static String sentence(OnFailure onFailure) {
        return switch (onFailure) {
            case ASK -> "The run waits and asks";
            case ROLLBACK -> "The run rolls back by itself";
        };
    }
}
