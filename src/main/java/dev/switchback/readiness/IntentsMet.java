package dev.switchback.readiness;

/** What was measured in the rehearsal came out as it was declared. */
final class IntentsMet extends OfRehearsal {

    @Override
    public String key() {
        return "compared";
    }

    @Override
    public String title(Facts facts) {
        return "What was measured is what was declared";
    }

    @Override
    public boolean concerns(Facts facts) {
        return facts.plan().measures();
    }

    @Override
    String expected(Facts facts) {
        return "every declared intent met, measured in full";
    }

    @Override
    Look look(Facts facts, Facts.Rehearsal rehearsal) {
        return rehearsal
                .said()
                .map(said -> look(facts, said).provenBy("/comparisons/" + said.comparison()))
                .orElseGet(() -> Look.closed(
                        "Run " + rehearsal.run() + " measured nothing that proves anything",
                        expected(facts),
                        "Rehearse again, measured in full"));
    }

    private Look look(Facts facts, Facts.Said said) {
        if (Boolean.TRUE.equals(said.met())) {
            return Look.holds(said.sentence(), expected(facts));
        }
        return said.met() == null
                ? Look.closed(said.sentence(), expected(facts), "Measure more, or go ahead with a reason")
                : Look.closed(said.sentence(), expected(facts), "Mend what got worse, and rehearse again");
    }
}
