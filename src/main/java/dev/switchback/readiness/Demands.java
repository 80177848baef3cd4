package dev.switchback.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.run.GateTable;
import dev.switchback.run.Purpose;
import dev.switchback.runbook.Runbook;
import java.util.Set;

/**
 * Which gates a place demands of a run: what its tier demands by default, unless its own {@code gates} say otherwise
 * (CONTRACT.md, rule of reading 6). The lock is nobody's choice. A rehearsal cannot be asked for what only a rehearsal
 * brings, and a way back is asked for nothing.
 */
final class Demands {

    /** What a rehearsal may be asked for, when its environment says so; the freeze it is asked for anyway. */
    private static final Set<String> OF_REHEARSALS = Set.of("identity", "baseline", "checklist", "freeze", "reviewed");

    private Demands() {}

    static boolean demands(Facts.Place place, Gate gate) {
        if (gate.key().equals(GateTable.LOCK)) {
            return true;
        }
        if (place.purpose() == Purpose.ROLLBACK) {
            return false;
        }
        if (place.purpose() == Purpose.REHEARSAL && !OF_REHEARSALS.contains(gate.key())) {
            return false;
        }
        JsonNode own = place.content().gates().path(gate.key());
        return own.isBoolean() ? own.booleanValue() : gate.isDefaultFor(place);
    }

    /** How many must approve: the larger of what the environment and, in production, the migration says. */
    static int approvals(EnvironmentContent place, Runbook runbook, Purpose purpose) {
        if (purpose != Purpose.LIVE) {
            return 0;
        }
        int here = place.gates().path("approvals").asInt(0);
        return place.tier().isProduction() ? Math.max(here, runbook.approvals()) : here;
    }
}
