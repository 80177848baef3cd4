package dev.switchback.run;

import java.time.Instant;

/**
 * Says what stands between a revision and a run of it. Asked when a run is made and again when it begins; the room
 * {@code readiness} answers. Safe for use by several threads.
 */
public interface Gatekeeper {

    /**
     * What is asked about.
     *
     * @param migration its key
     * @param revision the number of the revision in the database
     * @param environment its key
     * @param start when it is to begin
     * @param run the run that is to begin; null before it is made
     */
    record Question(String migration, long revision, String environment, Purpose purpose, Instant start, Long run) {}

    /** Looks at what is known; asks no target. In the transaction of the caller, or one of its own. */
    GateTable look(Question question);

    /**
     * Asks the targets first: who they are, whether they answer, and whether what the way back needs is there. Takes up to
     * some ten seconds; to be called outside of a transaction.
     */
    GateTable ask(Question question);
}
