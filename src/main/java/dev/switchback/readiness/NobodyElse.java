package dev.switchback.readiness;

import dev.switchback.run.GateTable;

/** No other run changes the service there: one change at a time, everywhere. */
final class NobodyElse implements Gate {

    @Override
    public String key() {
        return GateTable.LOCK;
    }

    @Override
    public String title(Facts facts) {
        return "Nobody else is changing " + facts.plan().service() + " there";
    }

    @Override
    public boolean isDefaultFor(Facts.Place place) {
        return true;
    }

    @Override
    public Look look(Facts facts) {
        String expected = "one run at a time on a service in an environment";
        return facts.neighbour()
                .map(run -> Look.closed(
                                (run.seen() ? "Run " + run.run() : "A run") + " is "
                                        + run.state().word() + " there",
                                expected,
                                "Wait for it or end it")
                        .provenBy(run.seen() ? "/runs/" + run.run() : null))
                .orElseGet(() -> Look.holds(facts.plan().service() + " is free", expected));
    }
}
