package dev.switchback.web;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What was answered to requests that may be sent twice, for a day. Shared by all instances: who takes a key first
 * carries the request out.
 */
@ApplicationScoped
public class AnswersToPosts {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int LATER_AT_MOST = 1_000;

    /** What could not be written because the database went away in between; bounded, in order. */
    private final BlockingQueue<Runnable> later = new ArrayBlockingQueue<>(LATER_AT_MOST);

    @Inject
    EntityManager entities;

    @Inject
    InstantSource clock;

    /**
     * An answer.
     *
     * @param location the {@code Location}, or null
     * @param etag the {@code ETag}, or null
     * @param body the JSON text; null when there was none, or when it may not be kept
     */
    record Answer(int status, String location, String etag, String body) {}

    /**
     * What is known of a key.
     *
     * @param requestHash of the request that took it
     * @param answer empty while that is under way, or when its end was never written
     */
    record Known(String requestHash, Optional<Answer> answer) {}

    /** Takes the key for this request; answers what is known of it when somebody was first. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<Known> take(String person, String key, String requestHash) {
        int taken = entities.createNativeQuery(
                        "INSERT INTO idempotent_post (person, key, request_hash, created_at) VALUES (?1, ?2, ?3, ?4)"
                                + " ON CONFLICT DO NOTHING")
                .setParameter(1, person)
                .setParameter(2, key)
                .setParameter(3, requestHash)
                .setParameter(4, clock.instant())
                .executeUpdate();
        return taken == 1 ? Optional.empty() : find(person, key);
    }

    private Optional<Known> find(String person, String key) {
        @SuppressWarnings("unchecked")
        List<Tuple> rows = entities.createNativeQuery(
                        "SELECT request_hash, status, location, etag, body FROM idempotent_post"
                                + " WHERE person = ?1 AND key = ?2",
                        Tuple.class)
                .setParameter(1, person)
                .setParameter(2, key)
                .getResultList();
        return rows.stream().findFirst().map(row -> new Known(row.get(0, String.class), answer(row)));
    }

    private static Optional<Answer> answer(Tuple row) {
        return Optional.ofNullable(row.get(1, Integer.class))
                .map(status -> new Answer(
                        status, row.get(2, String.class), row.get(3, String.class), row.get(4, String.class)));
    }

    /** Keeps what was answered. */
    @Transactional(TxType.REQUIRES_NEW)
    void keep(String person, String key, Answer answer) {
        entities.createNativeQuery("UPDATE idempotent_post SET status = ?3, location = ?4, etag = ?5, body = ?6"
                        + " WHERE person = ?1 AND key = ?2")
                .setParameter(1, person)
                .setParameter(2, key)
                .setParameter(3, answer.status())
                .setParameter(4, answer.location())
                .setParameter(5, answer.etag())
                .setParameter(6, answer.body())
                .executeUpdate();
    }

    /** Gives the key back: the request was refused and did nothing. */
    @Transactional(TxType.REQUIRES_NEW)
    void release(String person, String key) {
        entities.createNativeQuery("DELETE FROM idempotent_post WHERE person = ?1 AND key = ?2 AND status IS NULL")
                .setParameter(1, person)
                .setParameter(2, key)
                .executeUpdate();
    }

    /**
     * Keeps the answer or gives the key back, when the database is away as soon as it answers again: a request that was
     * carried out is not answered with a failure because of this, and one that was not can be sent again.
     */
    void afterwards(Runnable keepOrRelease) {
        try {
            keepOrRelease.run();
        } catch (RuntimeException e) {
            if (DatabaseTrouble.of(e).isEmpty() || !later.offer(keepOrRelease)) {
                throw e;
            }
        }
    }

    @Scheduled(every = "2s", delayed = "10s")
    void catchUp() {
        Runnable next;
        while ((next = later.peek()) != null) {
            try {
                next.run();
            } catch (RuntimeException e) {
                if (DatabaseTrouble.of(e).isPresent()) {
                    return;
                }
                Log.warn("the answer to a request that may be sent twice could not be kept", e);
            }
            later.remove(next);
        }
    }

    /** Forgets what is older than a day. */
    @Transactional
    @Scheduled(every = "1h", delayed = "6m")
    void forgetOld() {
        entities.createNativeQuery("DELETE FROM idempotent_post WHERE created_at < ?1")
                .setParameter(1, clock.instant().minus(KEPT))
                .executeUpdate();
    }
}
