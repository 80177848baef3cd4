package dev.switchback.readiness;

import dev.switchback.web.Labels;
import java.time.Duration;

/** The same work went forward, back and forward again in a lower tier, lately, and nothing that matters has changed. */
final class Rehearsed implements ProductionGate {

    @Override
    public String key() {
        return "rehearsed";
    }

    @Override
    public String title(Facts facts) {
        return "Revision " + facts.plan().revision() + " was rehearsed";
    }

    @Override
    public Look look(Facts facts) {
        String expected = "a rehearsal of this revision in an environment of a lower tier that passed, not older than "
                + Facts.words(facts.when().rehearsalAge());
        return facts.rehearsal()
                .map(rehearsal -> rehearsal.told(
                        look(facts, rehearsal, expected).provenBy(rehearsal.page()),
                        "Rehearsed",
                        facts.when().now()))
                .orElseGet(() -> Look.closed(
                        "Revision " + facts.plan().revision() + " was never rehearsed in a lower tier",
                        expected,
                        "Rehearse it where nobody is hurt"))
                .madeAt("/migrations/" + facts.plan().migration() + "/start");
    }

    private static Look look(Facts facts, Facts.Rehearsal rehearsal, String expected) {
        String which = "Run " + rehearsal.run() + " in " + rehearsal.environment();
        if (!rehearsal.passed()) {
            return Look.closed(
                    which + " ended " + rehearsal.state().word(), expected, "Mend what failed, and rehearse again");
        }
        Duration age = Duration.between(rehearsal.endedAt(), facts.when().start());
        if (age.compareTo(facts.when().rehearsalAge()) > 0) {
            return Look.closed(
                    which + " passed " + Labels.full(rehearsal.endedAt()) + ", too long before the start",
                    expected,
                    "Rehearse again");
        }
        if (!rehearsal.changed().isEmpty()) {
            return Look.closed(
                    which + " passed, but since then " + String.join(", and ", rehearsal.changed()),
                    "what was rehearsed is what will run",
                    "Rehearse again");
        }
        return Look.holds(which + " passed " + Labels.full(rehearsal.endedAt()), expected);
    }
}
