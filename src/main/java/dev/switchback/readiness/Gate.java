package dev.switchback.readiness;

/** One proof that may be demanded before a run begins. A pure function of the facts; it has no state. */
interface Gate {

    /** Its name in files and in the API. */
    String key();

    /** What must be true, as a sentence without its end. */
    String title(Facts facts);

    /** Whether it means anything for this revision: a runbook that declares no probe has nothing to prove there. */
    default boolean concerns(Facts facts) {
        return true;
    }

    /** Whether the place demands it of this run, its own word aside. */
    boolean isDefaultFor(Facts.Place place);

    /** Looks at the facts. */
    Look look(Facts facts);
}
