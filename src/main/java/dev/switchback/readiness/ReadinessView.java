package dev.switchback.readiness;

import dev.switchback.run.GateRow;
import dev.switchback.run.GateTable;
import java.util.List;

/**
 * The go/no-go table of a revision in an environment, as programs and pages see it (CONTRACT.md, section 4, shapes).
 *
 * @param ready whether every demanded gate holds
 * @param approvalsNeeded how many people must say yes
 * @param leftOut which gates no version asks yet
 */
public record ReadinessView(
        boolean ready,
        String migration,
        String environment,
        int revision,
        int approvalsNeeded,
        List<GateRow> gates,
        String leftOut) {

    public ReadinessView {
        gates = List.copyOf(gates);
    }

    static ReadinessView of(String migration, String environment, int revision, GateTable table) {
        return new ReadinessView(
                table.isReady(),
                migration,
                environment,
                revision,
                table.approvalsNeeded(),
                table.rows(),
                Readiness.LEFT_OUT);
    }
}
