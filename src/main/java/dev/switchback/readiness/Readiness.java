package dev.switchback.readiness;

import dev.switchback.run.GateRow;
import dev.switchback.run.GateTable;
import java.util.List;

/** The decision: a pure function of the facts. */
final class Readiness {

    /** What no version collects yet stands in no table and never blocks. */
    static final String LEFT_OUT =
            "Not asked yet, because Switchback cannot collect the evidence so far: findings of the"
                    + " linter, settings and drift, data and query plans.";

    /** In the order in which a migration grows. */
    static final List<Gate> GATES = List.of(
            new WrittenDown(),
            new ReadByPerson(),
            new PlaceAnswers(),
            new BaselineMeasured(),
            new Rehearsed(),
            new WayBackProven(),
            new IntentsMet(),
            new StayedUp(),
            new TickedOff(),
            new NeedsThere(),
            new Agreed(),
            new InWindow(),
            new NoFreeze(),
            new NobodyElse());

    private Readiness() {}

    /** Every gate that means something here, and whether it holds. */
    static GateTable of(Facts facts) {
        return new GateTable(
                GATES.stream()
                        .filter(gate -> gate.concerns(facts))
                        .map(gate -> row(gate, facts))
                        .toList(),
                facts.assent().needed());
    }

    private static GateRow row(Gate gate, Facts facts) {
        Look look = gate.look(facts);
        return new GateRow(
                gate.key(),
                gate.title(facts),
                look.holds(),
                Demands.demands(facts.place(), gate),
                plain(look.detail()),
                look.expected(),
                look.remedy(),
                look.evidence(),
                look.todo());
    }

    /** What others said may end with a full stop; the table sets its own. */
    private static String plain(String detail) {
        return detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail;
    }
}
