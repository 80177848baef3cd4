package dev.switchback.readiness;

import dev.switchback.web.Labels;
import dev.switchback.web.Words;

/** Every target of the place answers, and it is the place that it says it is. */
final class PlaceAnswers implements ProductionGate {

    private static final String EXPECTED = "every target answers, and the place says who it is";

    @Override
    public String key() {
        return "identity";
    }

    @Override
    public String title(Facts facts) {
        return "It is " + facts.place().key() + ", and every target answers";
    }

    /** What was never asked, or found in order, is asked when it starts; what the last check found wrong is mended first. */
    @Override
    public Look look(Facts facts) {
        return facts.reached()
                .map(PlaceAnswers::look)
                .orElseGet(() -> Look.holds("As it is now it was never asked; it is asked when a run starts", EXPECTED))
                .madeAt("/environments/" + facts.place().key());
    }

    private static Look look(Facts.Reached reached) {
        String at = ", asked " + Labels.full(reached.at());
        if (!reached.against().isEmpty()) {
            return Look.closed(
                    String.join("; ", reached.against()) + at, EXPECTED, "Mend it, then ask its targets again");
        }
        String who = reached.identities() == 0
                ? "nothing is declared that proves the place"
                : Words.count(reached.identities(), "question proves", "questions prove") + " the place";
        return Look.holds(
                Words.count(reached.targets(), "target answers", "targets answer") + ", " + who + at
                        + ", and again when a run starts",
                EXPECTED);
    }
}
