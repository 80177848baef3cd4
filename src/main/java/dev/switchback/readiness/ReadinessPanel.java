package dev.switchback.readiness;

import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.migration.Migration;
import dev.switchback.run.GateRow;
import dev.switchback.run.GateTable;
import java.util.Comparator;
import java.util.List;

/**
 * What the pages show of it: what is missing first. Immutable.
 *
 * @param table the go/no-go table
 * @param revision the number of the revision that was asked about
 * @param waiting the run that waits for approvals or for its moment there; null when there is none
 */
public record ReadinessPanel(
        Migration migration, Environment environment, int revision, GateTable table, Long waiting) {

    /** The demanded gates, the closed ones first. */
    public List<GateRow> demanded() {
        return table.required().stream()
                .sorted(Comparator.comparing(GateRow::holds))
                .toList();
    }

    /** Those that are not demanded here. */
    public List<GateRow> others() {
        return table.rows().stream().filter(row -> !row.required()).toList();
    }

    public boolean isReady() {
        return table.isReady();
    }

    /** Whether nothing but the approvals is missing. */
    public boolean canBeAskedFor() {
        return table.onlyApprovalsMissing() && waiting == null;
    }

    /** "6 of 7 done", "all 7 done". */
    public String count() {
        long done = table.done();
        int all = table.required().size();
        return done == all ? "all " + all + " done" : done + " of " + all + " done";
    }

    /** What makes ids of one page differ where it shows several panels. */
    public String place() {
        return "-" + environment.key();
    }

    /** What would be done there. */
    public Where where() {
        return Where.of(migration.service(), environment.key());
    }

    public String leftOut() {
        return Readiness.LEFT_OUT;
    }
}
