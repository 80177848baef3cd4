package dev.switchback.run;

import dev.switchback.problem.Problem;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Answers to requests that may be sent twice. Kept for a day, written in the transaction that did the work. */
@ApplicationScoped
public class IdempotentAnswers {

    private static final Duration KEPT = Duration.ofHours(24);

    @Inject
    EntityManager entities;

    @Inject
    InstantSource clock;

    /**
     * The location that was answered before.
     *
     * @throws dev.switchback.problem.ProblemException 422 when the key was used for another request
     */
    public Optional<String> find(String person, IdempotencyKey key) {
        @SuppressWarnings("unchecked")
        List<Object[]> rows = entities.createNativeQuery(
                        "SELECT request_hash, location FROM idempotent_answer WHERE person = ?1 AND key = ?2")
                .setParameter(1, person)
                .setParameter(2, key.key())
                .getResultList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        if (!rows.get(0)[0].equals(key.requestHash())) {
            throw Problem.content(
                            "The Idempotency-Key " + key.key() + " was used for another request; nothing was done",
                            "a new key for a new request, or the same body again")
                    .toException();
        }
        return Optional.of((String) rows.get(0)[1]);
    }

    /** Remembers the answer. A second request under the same key at the same time fails on the primary key. */
    public void keep(String person, IdempotencyKey key, String location) {
        entities.createNativeQuery("INSERT INTO idempotent_answer (person, key, request_hash, location, created_at)"
                        + " VALUES (?1, ?2, ?3, ?4, ?5)")
                .setParameter(1, person)
                .setParameter(2, key.key())
                .setParameter(3, key.requestHash())
                .setParameter(4, location)
                .setParameter(5, clock.instant())
                .executeUpdate();
    }

    /** Forgets what is older than a day. */
    @Transactional
    @Scheduled(every = "1h", delayed = "5m")
    public void forgetOld() {
        entities.createNativeQuery("DELETE FROM idempotent_answer WHERE created_at < ?1")
                .setParameter(1, clock.instant().minus(KEPT))
                .executeUpdate();
    }
}
