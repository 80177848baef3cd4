package dev.switchback.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/**
 * Who writes migrations or environments takes their turn, across all instances: what was looked at before writing (is
 * there one already, is this still the state that If-Match speaks of) stays true until it is written.
 */
@ApplicationScoped
public class InTurn {

    private static final int LOCK = 7102;

    @Inject
    EntityManager entities;

    /** Waits until nobody else writes; the turn ends with the transaction of the caller, which must be there. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void take() {
        entities.createNativeQuery("SELECT pg_advisory_xact_lock(" + LOCK + ")").getSingleResult();
    }
}
