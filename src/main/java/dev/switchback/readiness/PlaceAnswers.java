package dev.switchback.readiness;

import dev.switchback.step.Durations;
import dev.switchback.web.Labels;
import dev.switchback.web.Words;
import java.time.Duration;

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

    @Override
    public Look look(Facts facts) {
        return facts.reached()
                .map(reached -> look(facts, reached))
                .orElseGet(() ->
                        Look.closed(facts.place().key() + " as it is now was never asked", EXPECTED, "Ask its targets"))
                .madeAt("/environments/" + facts.place().key());
    }

    private static Look look(Facts facts, Facts.Reached reached) {
        String at = ", asked " + Labels.full(reached.at());
        if (!reached.against().isEmpty()) {
            return Look.closed(
                    String.join("; ", reached.against()) + at, EXPECTED, "Mend it, then ask its targets again");
        }
        Duration age = Duration.between(reached.at(), facts.when().now());
        if (age.compareTo(facts.when().checkAge()) > 0) {
            return Look.closed(
                    "Its targets were asked " + Durations.words(age.truncatedTo(java.time.temporal.ChronoUnit.MINUTES))
                            + " ago",
                    EXPECTED + ", within " + Durations.words(facts.when().checkAge()),
                    "Ask its targets again");
        }
        String who = reached.identities() == 0
                ? "nothing is declared that proves the place"
                : Words.count(reached.identities(), "question proves", "questions prove") + " the place";
        return Look.holds(
                Words.count(reached.targets(), "target answers", "targets answer") + ", " + who + at, EXPECTED);
    }
}
