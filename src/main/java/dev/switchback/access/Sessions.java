package dev.switchback.access;

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
import java.util.Optional;
import javax.sql.DataSource;

/** The browsers that are signed in. */
@ApplicationScoped
public class Sessions implements PanacheRepositoryBase<Session, String> {

    private static final String FIND = "SELECT p.name, p.display_name, s.csrf_token, s.last_seen_at, s.expires_at, "
            + Grants.COLUMN + " FROM session s JOIN person p ON p.id = s.person_id WHERE s.token_hash = ? AND p.active";

    @Inject
    InstantSource clock;

    @Inject
    AccessConfig config;

    @Inject
    DataSource database;

    /** Opens a session; the answer is the token for the cookie and is known to nobody else. */
    @Transactional
    public String open(Person person) {
        String token = Passwords.randomToken();
        persist(new Session(token, person, clock.instant(), config.absolute()));
        return token;
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
                        row.getString(1), row.getString(2), row.getString(3), Grants.read(row.getString(6))));
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
    public void close(String token) {
        deleteById(Passwords.digest(token));
    }

    /** Forgets sessions that ran out. */
    @Transactional
    @Scheduled(every = "1h", delayed = "5m")
    public void forgetExpired() {
        var now = clock.instant();
        delete("expiresAt < ?1 or lastSeenAt < ?2", now, now.minus(config.idle()));
    }
}
