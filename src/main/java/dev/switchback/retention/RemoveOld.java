package dev.switchback.retention;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Removes what runs left that ended long enough ago, in many small transactions, so that nobody waits for it. One
 * instance does it at a time; the others find the lock taken and leave it to that one. A run says afterwards when its
 * records were removed. Interrupted at any moment, it goes on with the next call.
 */
final class RemoveOld {

    /** Any number that nothing else locks. */
    static final long LOCK = 0x5357_4253_0001L;

    private static final int RUNS_AT_ONCE = 50;

    /**
     * What is removed.
     *
     * @param table where it stands
     * @param number tells the rows of a run apart
     * @param run where it stands that it was removed
     * @param mark the columns that say it: {@code <mark>_removed_at} and {@code <mark>_kept}
     * @param atOnce how many rows one transaction removes
     */
    enum Records {
        LOGS("run_log_chunk", "first_no", Place.RUN, "log", 100),
        EVENTS("run_event", "no", Place.RUN, "events", 2_000),
        PROBES("run_probe_piece", "prober, fence, piece", Place.PROBE, "pieces", 500);

        private record Place(String table, String run, String ended) {
            static final Place RUN = new Place("run", "id", "ended_at");
            static final Place PROBE = new Place("run_probe", "run_id", "over_at");
        }

        final String find;
        private final String delete;
        private final String mark;
        private final int atOnce;

        Records(String table, String number, Place place, String mark, int atOnce) {
            this.atOnce = atOnce;
            // Not clock_timestamp(), which may change from row to row: no index could be asked for what is older.
            this.find = "SELECT " + place.run() + " FROM " + place.table() + " WHERE " + place.ended()
                    + " < statement_timestamp() - ? * interval '1 second' AND " + mark
                    + "_removed_at IS NULL ORDER BY " + place.ended() + ", " + place.run() + " LIMIT " + RUNS_AT_ONCE
                    + " FOR UPDATE SKIP LOCKED";
            this.delete = "DELETE FROM " + table + " WHERE (run_id, " + number + ") IN (SELECT run_id, " + number
                    + " FROM " + table + " WHERE run_id = ANY(?) LIMIT " + atOnce + ")";
            this.mark = "UPDATE " + place.table() + " SET " + mark + "_removed_at = clock_timestamp(), " + mark
                    + "_kept = ? WHERE " + place.run() + " = ANY(?)";
        }
    }

    private final DataSource database;

    RemoveOld(DataSource database) {
        this.database = database;
    }

    /**
     * Removes the records of all runs that ended longer ago than they are kept.
     *
     * @return of how many runs
     */
    int remove(Records records, Duration kept) throws SQLException {
        int runs = 0;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int done = batch(connection, records, kept);
                while (done >= 0) {
                    runs += done;
                    connection.commit();
                    done = batch(connection, records, kept);
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        return runs;
    }

    /** How many runs are done now, which may be none of those it works on; negative when there is nothing to do. */
    private static int batch(Connection connection, Records records, Duration kept) throws SQLException {
        if (!isOurs(connection)) {
            return -1;
        }
        List<Long> found = find(connection, records, kept);
        if (found.isEmpty()) {
            return -1;
        }
        Array ids = connection.createArrayOf("bigint", found.toArray());
        if (delete(connection, records, ids) == records.atOnce) {
            return 0;
        }
        try (PreparedStatement mark = connection.prepareStatement(records.mark)) {
            mark.setString(1, words(kept));
            mark.setArray(2, ids);
            return mark.executeUpdate();
        }
    }

    private static boolean isOurs(Connection connection) throws SQLException {
        String sql = "SELECT pg_try_advisory_xact_lock(" + LOCK + "), set_config('switchback.retention', 'on', true)";
        try (PreparedStatement lock = connection.prepareStatement(sql);
                ResultSet row = lock.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static List<Long> find(Connection connection, Records records, Duration kept) throws SQLException {
        var ids = new ArrayList<Long>();
        try (PreparedStatement find = connection.prepareStatement(records.find)) {
            find.setDouble(1, kept.toMillis() / 1000.0);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        return ids;
    }

    private static int delete(Connection connection, Records records, Array ids) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(records.delete)) {
            delete.setArray(1, ids);
            return delete.executeUpdate();
        }
    }

    /** {@code 90 days}, {@code 1 day}, {@code 36 hours}, {@code 90 seconds}. */
    static String words(Duration kept) {
        if (kept.toSeconds() % 86_400 == 0) {
            return counted(kept.toDays(), "day");
        }
        return kept.toSeconds() % 3_600 == 0 ? counted(kept.toHours(), "hour") : counted(kept.toSeconds(), "second");
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
