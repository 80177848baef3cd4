package dev.switchback.readiness;

import dev.switchback.web.Words;

/** The way back was carried out, and the old state was seen again. */
final class WayBackProven extends OfRehearsal {

    @Override
    public String key() {
        return "rollback";
    }

    @Override
    public String title(Facts facts) {
        return "The way back was carried out in the rehearsal";
    }

    @Override
    String expected(Facts facts) {
        return "every undo carried out, and the old state seen again";
    }

    @Override
    Look look(Facts facts, Facts.Rehearsal rehearsal) {
        String undone = facts.plan().undos() == 0
                ? "Nothing had to be undone"
                : Words.count(facts.plan().undos(), "step has", "steps have") + " an undo, and the leg back ended well";
        return switch (rehearsal.oldState()) {
            case SEEN ->
                Look.holds(undone + "; the old state was seen again", expected(facts))
                        .provenBy(rehearsal.page());
            // Nothing is declared that could be looked at: it is said, and blocks nobody.
            case NOBODY_CAN_TELL ->
                Look.holds(
                                undone
                                        + "; no step says with appliedWhen how to see that the old state is back, so nobody can"
                                        + " tell",
                                expected(facts))
                        .provenBy(rehearsal.page());
            case NOT_LOOKED ->
                Look.closed(
                                "Nobody looked for the old state after the way back",
                                expected(facts),
                                "Rehearse again with this version of Switchback")
                        .provenBy(rehearsal.page());
        };
    }
}
