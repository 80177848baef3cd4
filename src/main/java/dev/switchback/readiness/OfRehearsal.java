package dev.switchback.readiness;

/** What the rehearsal that counts has shown. Without one that passed, it has shown nothing. */
abstract class OfRehearsal implements ProductionGate {

    @Override
    public final Look look(Facts facts) {
        return facts.rehearsal()
                .filter(Facts.Rehearsal::passed)
                .map(rehearsal -> rehearsal.told(
                        look(facts, rehearsal),
                        "Judged by the rehearsal",
                        facts.when().now()))
                .orElseGet(() -> Look.closed("There is no rehearsal that passed", expected(facts), "Rehearse it first")
                        .madeAt("/migrations/" + facts.plan().migration() + "/start"));
    }

    abstract String expected(Facts facts);

    abstract Look look(Facts facts, Facts.Rehearsal rehearsal);
}
