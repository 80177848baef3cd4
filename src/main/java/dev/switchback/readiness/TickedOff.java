package dev.switchback.readiness;

import dev.switchback.web.Words;

/** Every question of the checklist is ticked off, with its evidence. */
final class TickedOff implements ProductionGate {

    private static final int NAMED = 3;

    @Override
    public String key() {
        return "checklist";
    }

    @Override
    public String title(Facts facts) {
        return "Checklist complete";
    }

    @Override
    public boolean concerns(Facts facts) {
        return facts.ticks().items() > 0;
    }

    @Override
    public Look look(Facts facts) {
        var ticks = facts.ticks();
        String page = "/migrations/" + facts.plan().migration() + "/checklist";
        String expected = (ticks.items() == 1 ? "its one question" : "all " + ticks.items() + " questions")
                + " ticked off on this work, with the evidence asked for";
        if (ticks.open().isEmpty()) {
            return Look.holds(Words.count(ticks.items(), "question") + ", all with their evidence", expected)
                    .provenBy(page);
        }
        int more = ticks.open().size() - NAMED;
        String named = String.join(", ", ticks.open().stream().limit(NAMED).toList());
        return Look.closed(
                        (ticks.items() - ticks.open().size()) + " of " + ticks.items() + "; open: " + named
                                + (more > 0 ? " and " + more + " more" : ""),
                        expected,
                        "Tick off what is open")
                .madeAt(page);
    }
}
