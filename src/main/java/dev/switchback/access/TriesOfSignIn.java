package dev.switchback.access;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Counts wrong tries in the database, so that all instances know of them, and says how long one has to wait. Three
 * counts: for a name from an address, for an address, and for a name. Where a person has signed in within 30 days only the
 * first counts, so that strangers who guess at a name, or a neighbour behind the same address, do not keep them out.
 * Thread-safe.
 */
@ApplicationScoped
class TriesOfSignIn {

    private static final int OF_PLACE = 16;
    private static final int OF_WORD = 3;

    private static final Duration PLACES_LAST = Duration.ofDays(30);
    private static final Duration PLACE_WRITTEN_AT_MOST_EVERY = Duration.ofHours(6);

    private static final String WAITS = "SELECT key, wait_until FROM sign_in_wait WHERE key IN (?, ?, ?)";

    private static final String KNOWN = "SELECT 1 FROM sign_in_place s JOIN person p ON p.id = s.person_id"
            + " WHERE p.name = ? AND s.address = ? AND s.seen_at > ?";

    // One statement: two instances that fail at once are both counted.
    private static final String FAILED = """
        INSERT INTO sign_in_wait AS w (key, failures, failed_at, wait_until)
        VALUES (?, 1, ?, CASE WHEN ? <= 1 THEN ? + make_interval(secs => ?) END)
        ON CONFLICT (key) DO UPDATE SET
            failures = CASE WHEN greatest(w.failed_at, w.wait_until) < ? THEN 1 ELSE w.failures + 1 END,
            failed_at = excluded.failed_at,
            wait_until = CASE
                WHEN greatest(w.failed_at, w.wait_until) < ? THEN excluded.wait_until
                WHEN w.failures + 1 >= ? THEN excluded.failed_at
                    + make_interval(secs => least(?, ? * power(2, least(w.failures + 1 - ?, 30)))) END
        RETURNING failures, wait_until
        """;

    private static final String PLACE = """
        INSERT INTO sign_in_place AS s (person_id, address, seen_at) VALUES (?, ?, ?)
        ON CONFLICT (person_id, address) DO UPDATE SET seen_at = excluded.seen_at WHERE s.seen_at < ?
        """;

    /** How a wrong try stands. @param left how many more are free; @param pause how long to wait; zero when not at all */
    record Standing(int left, Duration pause) {}

    @Inject
    DataSource database;

    @Inject
    InstantSource clock;

    @Inject
    SignInConfig config;

    /** What is counted. @param pause how long to wait; empty when not at all @param failed whether there is anything to forget */
    record Look(Optional<Duration> pause, boolean failed) {}

    /** How long whoever is at this address must wait before trying this name. */
    Look look(String name, String address) {
        Instant now = clock.instant();
        String place = place(address);
        try (Connection connection = database.getConnection();
                PreparedStatement waits = connection.prepareStatement(WAITS)) {
            String both = both(name, place);
            waits.setString(1, both);
            waits.setString(2, ofAddress(place));
            waits.setString(3, ofName(name));
            Instant own = now;
            Instant others = now;
            boolean failed = false;
            try (ResultSet rows = waits.executeQuery()) {
                while (rows.next()) {
                    var wait = rows.getObject(2, OffsetDateTime.class);
                    Instant until = wait == null ? now : wait.toInstant();
                    if (rows.getString(1).equals(both)) {
                        failed = true;
                        own = until;
                    } else if (until.isAfter(others)) {
                        others = until;
                    }
                }
            }
            boolean strange = others.isAfter(now) && others.isAfter(own) && !isKnown(connection, name, place, now);
            return new Look(positive(Duration.between(now, strange ? others : own)), failed);
        } catch (SQLException e) {
            throw new IllegalStateException("it could not be asked who has to wait", e);
        }
    }

    private static Optional<Duration> positive(Duration wait) {
        return Optional.of(wait).filter(each -> !each.isNegative() && !each.isZero());
    }

    private static boolean isKnown(Connection connection, String name, String place, Instant now) throws SQLException {
        try (PreparedStatement known = connection.prepareStatement(KNOWN)) {
            known.setString(1, name);
            known.setString(2, place);
            known.setObject(3, at(now.minus(PLACES_LAST)));
            try (ResultSet row = known.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Counts a wrong password for this name. */
    Standing failed(String name, String address) {
        String place = place(address);
        count(ofAddress(place), config.triesPerAddress());
        count(ofName(name), config.triesPerName());
        return count(both(name, place), config.tries());
    }

    /** Counts a wrong token or session; there is no name. */
    Standing failed(String address) {
        return count(ofAddress(place(address)), config.triesPerAddress());
    }

    /** How long whoever sends wrong tokens from this address must wait. */
    Optional<Duration> pause(String address) {
        // No name is empty, so only the address can have a wait.
        return look("", address).pause();
    }

    private Standing count(String key, int free) {
        Instant now = clock.instant();
        double first = seconds(config.firstWait());
        var forgotten = at(now.minus(config.window()));
        try (Connection connection = database.getConnection();
                PreparedStatement failed = connection.prepareStatement(FAILED)) {
            failed.setString(1, key);
            failed.setObject(2, at(now));
            failed.setInt(3, free);
            failed.setObject(4, at(now));
            failed.setDouble(5, first);
            failed.setObject(6, forgotten);
            failed.setObject(7, forgotten);
            failed.setInt(8, free);
            failed.setDouble(9, seconds(config.longestWait()));
            failed.setDouble(10, first);
            failed.setInt(11, free);
            try (ResultSet row = failed.executeQuery()) {
                row.next();
                var until = row.getObject(2, OffsetDateTime.class);
                return new Standing(
                        Math.max(0, free - row.getInt(1)),
                        until == null ? Duration.ZERO : Duration.between(now, until.toInstant()));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a wrong try could not be counted", e);
        }
    }

    /** Forgets the wrong tries for this name from here. */
    void forget(String name, String address) {
        change("DELETE FROM sign_in_wait WHERE key = ?", both(name, place(address)));
    }

    /** Remembers that this is a place where the person signs in. */
    void remember(Person person, String address) {
        Instant now = clock.instant();
        change(PLACE, person.id(), place(address), at(now), at(now.minus(PLACE_WRITTEN_AT_MOST_EVERY)));
    }

    /** Forgets what is long over. */
    @Scheduled(every = "10m", delayed = "3m")
    void forgetOld() {
        Instant now = clock.instant();
        var over = at(now.minus(config.window()));
        change("DELETE FROM sign_in_wait WHERE failed_at < ? AND (wait_until IS NULL OR wait_until < ?)", over, over);
        change("DELETE FROM sign_in_place WHERE seen_at < ?", at(now.minus(PLACES_LAST)));
    }

    private void change(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the wrong tries could not be brought up to date", e);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Who has one IPv6 address has 2^64 of them. */
    static String place(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] all = java.net.InetAddress.getByName(address.split("%")[0]).getAddress();
            return all.length == 4
                    ? java.net.InetAddress.getByAddress(all).getHostAddress()
                    : HexFormat.ofDelimiter(":").formatHex(all, 0, 8) + "/64";
        } catch (java.net.UnknownHostException noAddress) {
            return address;
        }
    }

    /** The place keeps all its bits: else a name could be found that counts here against somebody elsewhere. */
    static String both(String name, String place) {
        return "b" + bits(place, OF_PLACE) + bits(name + "\n" + place, OF_WORD);
    }

    private static String ofAddress(String place) {
        return "a" + bits(place, OF_PLACE);
    }

    private static String ofName(String name) {
        return "n" + bits(name, OF_WORD);
    }

    /** Of a typed word few, on purpose: nobody can guess back from them what was typed. */
    private static String bits(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
