package dev.switchback.access;

import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The browsers that are signed in. */
@ApplicationScoped
public class Sessions implements PanacheRepositoryBase<Session, String> {

    private static final String FIND = "SELECT p.name, p.display_name, s.csrf_token, s.last_seen_at, s.expires_at, "
            + Grants.COLUMN + " FROM session s JOIN person p ON p.id = s.person_id WHERE s.token_hash = ? AND p.active";

    /** A person who has more browsers open than this loses those that were silent longest. */
    private static final int AT_MOST = 500;

    @Inject
    InstantSource clock;

    @Inject
    AccessConfig config;

    @Inject
    DataSource database;

    @Inject
    Trail trail;

    /**
     * Opens a session; the answer is the token for the cookie and is known to nobody else. Each signing in makes a new one,
     * so a token that somebody slipped into a browser before is worth nothing afterwards.
     *
     * @param before the token of the session that this browser had; null when it had none. It ends
     * @throws dev.switchback.problem.ProblemException 403 when the person was deactivated meanwhile
     */
    @Transactional
    public String open(Person person, Visit visit, String before) {
        requireActive(person);
        if (before != null) {
            deleteById(Passwords.digest(before));
        }
        getEntityManager()
                .createNativeQuery("DELETE FROM session WHERE id IN (SELECT id FROM session WHERE person_id = :person"
                        + " ORDER BY last_seen_at DESC, id DESC OFFSET :most)")
                .setParameter("person", person.id())
                .setParameter("most", AT_MOST - 1)
                .executeUpdate();
        String token = Passwords.randomToken();
        persist(new Session(token, person, visit, clock.instant(), config.absolute()));
        trail.record(Entry.of("signin.ok", "person", person.name())
                .by(person.name(), "browser")
                .note(visit.browser()));
        return token;
    }

    /** Nobody deactivates them until the session is there, and is ended with it. */
    private void requireActive(Person person) {
        var active = getEntityManager()
                .createNativeQuery("SELECT 1 FROM person WHERE id = :id AND active FOR SHARE")
                .setParameter("id", person.id())
                .getResultList();
        if (active.isEmpty()) {
            throw Problem.forbidden(person.name() + " was deactivated", "an admin of Switchback can activate it")
                    .toException();
        }
    }

    /**
     * The open sessions of a person, those heard of last first.
     *
     * @param present the token of the session that asks; empty when a program does
     */
    @Transactional
    List<OpenSession> of(String person, String present) {
        var now = clock.instant();
        List<?> rows = getEntityManager()
                .createNativeQuery("SELECT s.id, s.created_at, s.last_seen_at, coalesce(s.address, 'unknown'),"
                        + " coalesce(s.browser, 'unknown browser'), s.token_hash = :present FROM session s"
                        + " JOIN person p ON p.id = s.person_id WHERE p.name = :person AND s.expires_at > :now"
                        + " AND s.last_seen_at > :idle ORDER BY s.last_seen_at DESC, s.id DESC LIMIT 100")
                .setParameter("present", Passwords.digest(present))
                .setParameter("person", person)
                .setParameter("now", now)
                .setParameter("idle", now.minus(config.idle()))
                .getResultList();
        return rows.stream().map(row -> OpenSession.of((Object[]) row)).toList();
    }

    /**
     * A browser that is signed in.
     *
     * @param id names it without telling its token
     * @param address where it was signed in from; {@code unknown} when it is not known
     * @param browser in words; {@code unknown} when it is not known
     * @param present whether it is the one that asks
     */
    public record OpenSession(
            long id, Instant openedAt, Instant seenAt, String address, String browser, boolean present) {

        private static OpenSession of(Object[] row) {
            return new OpenSession(
                    ((Number) row[0]).longValue(),
                    (Instant) row[1],
                    (Instant) row[2],
                    (String) row[3],
                    (String) row[4],
                    (Boolean) row[5]);
        }
    }

    /** Ends one session of this person. @return whether there was one */
    @Transactional
    boolean end(String person, long id) {
        int ended = getEntityManager()
                .createNativeQuery("DELETE FROM session s USING person p WHERE s.id = :id AND p.id = s.person_id"
                        + " AND p.name = :person")
                .setParameter("id", id)
                .setParameter("person", person)
                .executeUpdate();
        if (ended > 0) {
            trail.record(Entry.of("session.end", "person", person).note("one browser"));
        }
        return ended > 0;
    }

    /**
     * Ends all sessions of this person, wherever they are.
     *
     * @param but the token of the one that stays; empty for none
     * @return how many were ended
     */
    @Transactional
    public int endAll(String person, String but) {
        int ended = getEntityManager()
                .createNativeQuery("DELETE FROM session s USING person p WHERE p.id = s.person_id AND p.name = :person"
                        + " AND s.token_hash <> :but")
                .setParameter("person", person)
                .setParameter("but", Passwords.digest(but))
                .executeUpdate();
        trail.record(Entry.of("session.end", "person", person).note(ended + " in all browsers"));
        return ended;
    }

    /**
     * Who is behind this cookie, if it is still good. Every request of a browser asks this, so it is one statement by the
     * key, without a transaction around it.
     */
    Optional<Caller> callerOf(String token) {
        String hash = Passwords.digest(token);
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setString(1, hash);
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var now = clock.instant();
                Instant seen = instant(row, 4);
                if (!Session.isOpen(now, seen, instant(row, 5), config.idle())) {
                    return Optional.empty();
                }
                if (Session.isSeenAgain(now, seen)) {
                    seen(connection, hash, now);
                }
                return Optional.of(Caller.browser(
                        row.getString(1), row.getString(2), row.getString(3), hash, Grants.read(row.getString(6))));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("it could not be asked whose session this is", e);
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Remembers that the browser is there. */
    private static void seen(Connection connection, String hash, Instant now) throws SQLException {
        try (PreparedStatement seen =
                connection.prepareStatement("UPDATE session SET last_seen_at = ? WHERE token_hash = ?")) {
            seen.setObject(1, now.atOffset(ZoneOffset.UTC));
            seen.setString(2, hash);
            seen.executeUpdate();
        }
    }

    /** Ends the session of this cookie; does nothing when there is none. */
    @Transactional
    public void close(String person, String token) {
        if (deleteById(Passwords.digest(token))) {
            trail.record(Entry.of("signout", "person", person));
        }
    }

    /** Forgets sessions that ran out. */
    @Transactional
    @Scheduled(every = "1h", delayed = "5m")
    public void forgetExpired() {
        var now = clock.instant();
        delete("expiresAt < ?1 or lastSeenAt < ?2", now, now.minus(config.idle()));
    }
}
