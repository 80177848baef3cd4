package dev.switchback.access;

import dev.switchback.problem.Problem;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Where somebody stands by now: for what goes on, or begins, long after it was asked for. A request is answered at once
 * and needs none of this. Safe for use by several threads.
 */
@ApplicationScoped
public class Standing {

    /** A stream asks again at most this often, however much it carries. */
    static final Duration BETWEEN = Duration.ofSeconds(3);

    private static final String OF_SESSION = "SELECT " + Grants.COLUMN + " FROM session s JOIN person p"
            + " ON p.id = s.person_id WHERE p.active AND s.token_hash = ? AND s.expires_at > ? AND s.last_seen_at > ?";
    private static final String OF_TOKEN = "SELECT " + Grants.COLUMN + " FROM api_token t JOIN person p"
            + " ON p.id = t.person_id WHERE p.active AND t.id = ? AND t.revoked_at IS NULL"
            + " AND (t.expires_at IS NULL OR t.expires_at > ?)";
    private static final String OF_PERSON = "SELECT " + Grants.COLUMN + " FROM person p WHERE p.active AND p.name = ?"
            + " AND encode(sha256(convert_to(coalesce(p.password_hash, ''), 'UTF8')), 'hex') = ?";

    @Inject
    DataSource database;

    @Inject
    AccessConfig config;

    @Inject
    InstantSource clock;

    @Inject
    CallerOfRequest caller;

    @Inject
    People people;

    @Inject
    ApiTokens tokens;

    /** What changes when the person gets another password. */
    static String handle(Person person) {
        return Passwords.digest(person.passwordHash().orElse(""));
    }

    /**
     * Whether the one who asks now may still read what belongs there, to be asked again and again while a stream is open:
     * no longer when the browser is signed out, the session or the token has ended, the password was changed, the person
     * is not active or the role is gone. It asks the database at most every 3 seconds; while that cannot be asked, what was
     * true goes on, because nothing can be read then either.
     */
    public BooleanSupplier mayStillRead(Where where) {
        return new Reading(caller.get(), where);
    }

    private final class Reading implements BooleanSupplier {
        private final Caller before;
        private final Where where;
        private Instant asked = clock.instant();
        private boolean may = true;

        private Reading(Caller before, Where where) {
            this.before = before;
            this.where = where;
        }

        @Override
        public synchronized boolean getAsBoolean() {
            Instant now = clock.instant();
            if (may && !now.isBefore(asked.plus(BETWEEN))) {
                try {
                    may = now(before)
                            .filter(caller -> caller.may(Right.READ, where))
                            .isPresent();
                    asked = now;
                } catch (SQLException e) {
                    Log.debugf(e, "whether %s may still read could not be asked", before.name());
                }
            }
            return may;
        }
    }

    /** The same caller with what they may by now; empty when what they showed is good no longer. One statement. */
    private Optional<Caller> now(Caller before) throws SQLException {
        String handle = before.proof().handle();
        Instant now = clock.instant();
        return switch (before.means()) {
            case BROWSER -> ask(before, OF_SESSION, List.of(handle, now, now.minus(config.idle())));
            case PASSWORD -> ask(before, OF_PERSON, List.of(before.name(), handle));
            case TOKEN ->
                handle.isEmpty() ? Optional.of(before) : ask(before, OF_TOKEN, List.of(Long.valueOf(handle), now));
        };
    }

    private Optional<Caller> ask(Caller before, String sql, List<Object> values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                select.setObject(i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
            }
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Caller(
                                before.name(),
                                before.displayName(),
                                before.proof(),
                                before.limits(),
                                Grants.read(row.getString(1))))
                        : Optional.empty();
            }
        }
    }

    /**
     * Who asked for something that begins only now, with what they may by now.
     *
     * @param name the name of the person
     * @param token the number of the token with which it was asked for; null when it was the person
     * @throws dev.switchback.problem.ProblemException 403 when the person is not active, or the token has ended
     */
    @Transactional
    public Caller require(String name, Long token) {
        Person person = people.active(name)
                .orElseThrow(() -> Problem.forbidden(name + " is not active any more", "somebody who is")
                        .toException());
        Grants grants = people.grantsOf(person);
        if (token == null) {
            return Caller.withPassword(name, person.displayName(), handle(person), grants);
        }
        return tokens.findByIdOptional(token)
                .filter(each -> each.isGood(clock.instant()))
                .map(each -> Caller.program(person, each, grants))
                .orElseThrow(() -> Problem.forbidden(
                                "the token with which " + name + " asked for it was revoked or has run out",
                                "a token that is good")
                        .toException());
    }
}
