package dev.switchback.platform;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Says whether what lists show has changed since it was read: one statement that looks into one index, whatever the size
 * of the tables, and that is never wrong, on any instance. Each transaction that changes what a list shows leaves its
 * number in {@code list_change} (triggers of {@code V009}); a number that the picture of the earlier reading did not know
 * is a change. Docs: decision 10. Safe for use by several threads.
 */
@ApplicationScoped
public class Changes {

    /** How long a picture may be asked about, by the clock of the database; an older one counts as changed. */
    private static final int GOOD_FOR_SECONDS = 30;

    /** After so long a change that was seen is forgotten; nobody asks about a picture of that age any more. */
    private static final int KEPT_FOR_SECONDS = 2 * GOOD_FOR_SECONDS;

    private static final String LOOK = "SELECT CAST(pg_current_snapshot() AS text),"
            + " CAST(extract(epoch FROM clock_timestamp()) AS bigint), NOT EXISTS (SELECT 1 FROM list_change c"
            + " WHERE c.xid >= pg_snapshot_xmin(CAST(? AS pg_snapshot))"
            + " AND NOT pg_visible_in_snapshot(c.xid, CAST(? AS pg_snapshot)))"
            + " AND extract(epoch FROM clock_timestamp()) < ? + " + GOOD_FOR_SECONDS;

    /** The second condition: numbers that this database has not given out yet come from a backup of another one. */
    private static final String FORGET = "DELETE FROM list_change WHERE (pg_visible_in_snapshot(xid,"
            + " CAST(? AS pg_snapshot)) AND extract(epoch FROM clock_timestamp()) > ? + " + KEPT_FOR_SECONDS
            + ") OR xid >= pg_snapshot_xmax(pg_current_snapshot())";

    private final DataSource database;
    private Picture forgotten = Picture.NONE;

    @Inject
    Changes(DataSource database) {
        this.database = database;
    }

    /**
     * What the database was when it was asked.
     *
     * @param snapshot which transactions it knew, as PostgreSQL writes it; null for none
     * @param second when that was, by its own clock
     */
    public record Picture(String snapshot, long second) {

        /** Before anything was read: everything has changed since. */
        public static final Picture NONE = new Picture(null, 0);
    }

    /**
     * What came of asking.
     *
     * @param now the picture of this moment: what is read from here on is at least as new
     * @param isSame whether nothing that a list shows has changed since the earlier picture
     */
    public record Look(Picture now, boolean isSame) {}

    /**
     * Asks what has changed since then. What was committed before this call is seen, by whichever instance it was made.
     *
     * @throws IllegalStateException when the database does not answer
     */
    public Look since(Picture earlier) {
        try (Connection connection = database.getConnection();
                PreparedStatement look = connection.prepareStatement(LOOK)) {
            look.setString(1, earlier.snapshot());
            look.setString(2, earlier.snapshot());
            look.setLong(3, earlier.second());
            try (ResultSet row = look.executeQuery()) {
                row.next();
                return new Look(new Picture(row.getString(1), row.getLong(2)), row.getBoolean(3));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("it could not be asked whether the lists have changed", e);
        }
    }

    /** Removes what every picture that may still be asked about has seen. */
    @Scheduled(every = "1m", delayed = "1m")
    void forget() {
        try {
            Picture now = since(Picture.NONE).now();
            forgetUpTo(forgotten);
            if (now.second() > forgotten.second() + KEPT_FOR_SECONDS) {
                forgotten = now;
            }
        } catch (IllegalStateException | SQLException e) {
            Log.debug("what lists have seen is forgotten later", e);
        }
    }

    void forgetUpTo(Picture seen) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setString(1, seen.snapshot());
            forget.setLong(2, seen.second());
            forget.executeUpdate();
        }
    }
}
