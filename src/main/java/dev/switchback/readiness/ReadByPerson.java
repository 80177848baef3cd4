package dev.switchback.readiness;

import dev.switchback.run.Purpose;

/** What a converter, a template or a copy wrote was read by a person. */
final class ReadByPerson implements Gate {

    @Override
    public String key() {
        return "reviewed";
    }

    @Override
    public String title(Facts facts) {
        return "Read by a person";
    }

    /** Everywhere: what nobody has read is rehearsed at most. */
    @Override
    public boolean isDefaultFor(Facts.Place place) {
        return place.purpose() == Purpose.LIVE;
    }

    @Override
    public boolean concerns(Facts facts) {
        return facts.plan().needsReview();
    }

    @Override
    public Look look(Facts facts) {
        return Look.closed(
                        "It was made by a converter, a template or as a copy, and nobody has read it yet",
                        "a review by a person",
                        "Read the runbook and say so")
                .madeAt("/migrations/" + facts.plan().migration() + "/decide/review");
    }
}
