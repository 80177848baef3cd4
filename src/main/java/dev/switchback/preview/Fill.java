package dev.switchback.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Rendering;
import dev.switchback.step.StepKind;
import java.util.Set;

/** Fills actions in as they would be carried out in one place; secrets are named, never shown. */
interface Fill {

    /** What this action would do. */
    Rendering of(StepKind kind, JsonNode action);

    /** Secrets that are referred to and that this server does not know, as far as was filled in. */
    default Set<String> missing() {
        return Set.of();
    }
}
