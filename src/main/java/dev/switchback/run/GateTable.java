package dev.switchback.run;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The go/no-go table: every gate between a revision and a run of it in an environment. Immutable.
 *
 * @param rows every gate that means something here, in the order in which a migration grows
 * @param approvalsNeeded how many people must say yes to this run; 0 when nobody has to
 */
public record GateTable(List<GateRow> rows, int approvalsNeeded) {

    /** The gate of those who must say yes. */
    public static final String APPROVALS = "approvals";

    /** The gate that lets one change at a time through. */
    public static final String LOCK = "lock";

    public GateTable {
        rows = List.copyOf(rows);
    }

    /** What stands in the way. */
    public List<GateRow> closed() {
        return rows.stream().filter(GateRow::isClosed).toList();
    }

    /** What stands in the way, these gates and the approvals aside: they were broken, or are still to come. */
    public List<GateRow> closedBesides(Collection<String> keys) {
        return closed().stream()
                .filter(row -> !row.key().equals(APPROVALS) && !keys.contains(row.key()))
                .toList();
    }

    public boolean isReady() {
        return closed().isEmpty();
    }

    /** Whether nothing but the approvals is missing: then the run can be asked for. */
    public boolean onlyApprovalsMissing() {
        List<GateRow> closed = closed();
        return closed.size() == 1 && closed.get(0).key().equals(APPROVALS);
    }

    /** The demanded ones. */
    public List<GateRow> required() {
        return rows.stream().filter(GateRow::required).toList();
    }

    /** How many of the demanded ones hold. */
    public long done() {
        return required().stream().filter(GateRow::holds).count();
    }

    /** The details of these, as one sentence. */
    static String words(List<GateRow> rows) {
        return rows.stream().map(GateRow::detail).collect(Collectors.joining("; "));
    }
}
