package dev.switchback.readiness;

import dev.switchback.web.Labels;

/** How it was before the change was measured there, in full. */
final class BaselineMeasured implements ProductionGate {

    @Override
    public String key() {
        return "baseline";
    }

    @Override
    public String title(Facts facts) {
        return "Baseline measured in " + facts.place().key();
    }

    @Override
    public boolean concerns(Facts facts) {
        return facts.plan().measures();
    }

    @Override
    public Look look(Facts facts) {
        String expected = "a full measurement before the change, of the same work, not older than "
                + Facts.words(facts.when().baselineAge());
        return facts.baseline()
                .map(taken -> Look.holds("Measured " + Labels.full(taken.at()), expected)
                        .provenBy("/measurements/" + taken.id()))
                .orElseGet(() -> Look.closed(
                                "There is none of this work in " + facts.place().key(),
                                expected,
                                "Measure before, in full, in " + facts.place().key())
                        .madeAt("/migrations/" + facts.plan().migration() + "/measurements?environment="
                                + facts.place().key() + "&moment=before"));
    }
}
