package dev.switchback.readiness;

import dev.switchback.run.Purpose;

/** A gate that production demands of a live run by default, and no other place does. */
interface ProductionGate extends Gate {

    @Override
    default boolean isDefaultFor(Facts.Place place) {
        return place.content().tier().isProduction() && place.purpose() == Purpose.LIVE;
    }
}
