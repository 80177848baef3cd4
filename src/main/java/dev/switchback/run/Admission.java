package dev.switchback.run;

import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * On which terms a run may be made. A pure function of the go/no-go table and of what somebody is ready to answer for.
 *
 * @param approvalsNeeded how many must say yes before it starts; 0 when it starts by itself
 * @param broken the gates against which it goes ahead
 */
record Admission(int approvalsNeeded, List<GateRow> broken) {

    Admission {
        broken = List.copyOf(broken);
    }

    /**
     * Decides.
     *
     * @param breaksGlass whether a person goes ahead against closed gates, with a reason
     * @param named the keys of the gates they named; null for all that are closed
     * @param what "shop-settings in production", for the sentence
     * @throws dev.switchback.problem.ProblemException 409 with {@code gates} when one is closed that nobody answers for;
     *     422 when a gate was named that is none
     */
    static Admission of(GateTable gates, boolean breaksGlass, List<String> named, String what) {
        if (named != null) {
            requireKnown(gates, named);
        }
        List<GateRow> closed = gates.closed();
        List<GateRow> broken = closed.stream()
                .filter(row -> breaksGlass && row.isBreakable() && (named == null || named.contains(row.key())))
                .toList();
        List<GateRow> left =
                closed.stream().filter(row -> !broken.contains(row)).toList();
        List<GateRow> refused = left.stream()
                .filter(row -> !row.key().equals(GateTable.APPROVALS))
                .toList();
        if (!refused.isEmpty()) {
            throw refusal(refused, breaksGlass, what).toException();
        }
        return new Admission(left.isEmpty() ? 0 : gates.approvalsNeeded(), broken);
    }

    private static void requireKnown(GateTable gates, List<String> named) {
        List<String> keys = gates.rows().stream().map(GateRow::key).toList();
        named.stream().filter(key -> !keys.contains(key)).findFirst().ifPresent(key -> {
            throw Problem.content(List.of(
                            Violation.of("breakGlass.gates", "“" + key + "” is no gate here", String.join(", ", keys))))
                    .toException();
        });
    }

    private static Problem refusal(List<GateRow> refused, boolean breaksGlass, String what) {
        String detail = refused.size() == 1
                ? what + " may not start: " + refused.get(0).detail()
                : what + " may not start, " + refused.size() + " gates are closed: " + GateTable.words(refused);
        String expected = refused.size() == 1 ? refused.get(0).expected() : "every demanded gate holds";
        boolean breakable = refused.stream().allMatch(GateRow::isBreakable);
        String way = breaksGlass || !breakable ? "" : "; a person may go ahead with breakGlass and a reason";
        Problem problem = Problem.conflict(detail, expected + (expected.contains("breakGlass") ? "" : way))
                .with("gates", refused);
        // The run that holds the lock is told by its address, whoever found it first.
        return refused.stream()
                .filter(row -> row.key().equals(GateTable.LOCK) && row.evidence() != null)
                .findFirst()
                .map(row -> problem.with("run", "/api/v1" + row.evidence()))
                .orElse(problem);
    }

    /** The keys of the gates against which it goes ahead. */
    List<String> brokenKeys() {
        return broken.stream().map(GateRow::key).toList();
    }

    /** The same in words, for the record; null when there are none. */
    String brokenWords() {
        return broken.isEmpty()
                ? null
                : broken.stream().map(GateRow::title).collect(Collectors.joining("; ", "Against: ", ""));
    }
}
