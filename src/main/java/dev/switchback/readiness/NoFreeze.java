package dev.switchback.readiness;

import dev.switchback.run.Purpose;
import dev.switchback.web.Labels;

/** The place is not frozen when the run starts; demanded everywhere, of all that goes forward. */
final class NoFreeze implements Gate {

    @Override
    public String key() {
        return "freeze";
    }

    @Override
    public String title(Facts facts) {
        return facts.place().key() + " is not frozen";
    }

    @Override
    public boolean isDefaultFor(Facts.Place place) {
        return place.purpose() != Purpose.ROLLBACK;
    }

    @Override
    public Look look(Facts facts) {
        String expected = "a start outside the freeze, or breakGlass with a reason";
        return facts.place()
                .content()
                .frozenAt(facts.when().start())
                .map(freeze -> Look.closed(
                                facts.place().key() + " is frozen from " + Labels.full(freeze.from()) + " to "
                                        + Labels.full(freeze.to())
                                        + (freeze.reason().isEmpty() ? "" : ": " + freeze.reason()),
                                expected,
                                "Start after " + Labels.full(freeze.to()))
                        .madeAt("/environments/" + facts.place().key()))
                .orElseGet(() ->
                        Look.holds("No freeze at " + Labels.full(facts.when().start()), expected));
    }
}
