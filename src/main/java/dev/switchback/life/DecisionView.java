package dev.switchback.life;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchback.migration.Decision;
import java.time.Instant;

/** A decision as programs see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionView(
        String kind, int revision, String note, String from, String to, String copy, String by, Instant at) {

    static DecisionView of(Decision decision) {
        return new DecisionView(
                decision.kind().word(),
                decision.revision(),
                decision.note(),
                decision.fromOwner(),
                decision.toOwner(),
                decision.copyKey(),
                decision.decidedBy(),
                decision.decidedAt());
    }
}
