package dev.switchback.readiness;

/** The probe of the rehearsal held: the service was there all the time. */
final class StayedUp extends OfRehearsal {

    @Override
    public String key() {
        return "probe";
    }

    @Override
    public String title(Facts facts) {
        return facts.plan().service() + " stayed up in the rehearsal";
    }

    @Override
    public boolean concerns(Facts facts) {
        return facts.plan().probed();
    }

    @Override
    String expected(Facts facts) {
        return "no more failed probes than are tolerated";
    }

    @Override
    Look look(Facts facts, Facts.Rehearsal rehearsal) {
        return rehearsal
                .probed()
                .map(probed -> probed.held()
                        ? Look.holds(probed.sentence(), expected(facts))
                        : Look.closed(probed.sentence(), expected(facts), "Mend what broke, and rehearse again"))
                .orElseGet(() -> Look.closed("Nothing was probed", expected(facts), "Rehearse again"))
                .provenBy(rehearsal.page());
    }
}
