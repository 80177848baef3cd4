package dev.switchback.probe;

import dev.switchback.verdict.Availability.StepWindow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The rows of probing. Who probes a run holds a lease of its own, because a run that waits for a person has no driver;
 * every write names its fence and changes nothing when that is old.
 */
@ApplicationScoped
class ProbeStore {

    private static final String LATER = "clock_timestamp() + ? * interval '1 millisecond'";

    private static final String MINE = "run_id = ? AND fence = ? AND state = 'running'";

    static final String FREE =
            "SELECT run_id FROM run_probe WHERE state = 'running' AND coalesce(lease_until, '-infinity') <"
                    + " clock_timestamp()";

    static final String TAKE = "UPDATE run_probe SET instance = ?, fence = fence + 1, lease_until = " + LATER
            + " WHERE run_id = ? AND state = 'running' AND coalesce(lease_until, '-infinity') < clock_timestamp()"
            + " RETURNING fence, plan, began_at, failed";

    /**
     * Stores failed probes with the step that ran or was the last to begin: each by itself, or those of one prober, kind
     * and step together. Answers how many of them count, and how many of those a person has accepted already, because
     * they were sent before that.
     */
    static final String FAILURES =
            "WITH fresh AS (INSERT INTO run_probe_failure (run_id, prober, fence, no, at, took_ms, kind, status,"
                    + " message, leg_no, step_id, probes) SELECT ?, failed.prober, ?, min(failed.no), min(failed.at),"
                    + " max(failed.took_ms), failed.kind, min(failed.status), min(failed.message), step.leg_no,"
                    + " step.step_id, count(*) FROM (SELECT prober, no, ?::timestamptz + us * interval '1 microsecond' AS"
                    + " at, took_ms, kind, status, message FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::float8[],"
                    + " ?::text[], ?::integer[], ?::text[]) AS sent (prober, no, us, took_ms, kind, status, message)) AS"
                    + " failed LEFT JOIN LATERAL (SELECT leg_no, step_id FROM run_step WHERE run_id = ? AND started_at <="
                    + " failed.at ORDER BY started_at DESC, leg_no DESC, position DESC LIMIT 1) AS step ON true GROUP BY"
                    + " failed.prober, failed.kind, step.leg_no, step.step_id, CASE WHEN ? THEN failed.no END ON CONFLICT"
                    + " DO NOTHING RETURNING at, leg_no, step_id, probes) SELECT coalesce(sum(fresh.probes), 0),"
                    + " coalesce(sum(fresh.probes) FILTER (WHERE fresh.at <= (SELECT accepted_until FROM run_probe WHERE"
                    + " run_id = ?)), 0) FROM fresh LEFT JOIN run_step AS step ON step.run_id = ? AND step.leg_no ="
                    + " fresh.leg_no AND step.step_id = fresh.step_id WHERE coalesce(step.leg, 'forward') <> 'back'";

    static final String STRETCHES =
            "SELECT floor(extract(epoch FROM from_at - ?::timestamptz) * 1000 / ?)::bigint AS stretch, prober,"
                    + " sum(planned), sum(sent), sum(failed), sum(p50_ms * sent) / nullif(sum(sent), 0), max(p95_ms) FROM"
                    + " run_probe_piece WHERE run_id = ? AND prober IN ('new', 'kept') GROUP BY stretch, prober ORDER BY"
                    + " stretch, prober";

    static final String KINDS = "SELECT kind, sum(probes) FROM run_probe_failure WHERE run_id = ? AND at >= ?"
            + " GROUP BY kind ORDER BY sum(probes) DESC, kind";

    static final String SENT_AFTER =
            "SELECT coalesce(sum(sent), 0) FROM run_probe_piece WHERE run_id = ? AND from_at >= ?";

    /** The last ones that began before a moment: it falls into one of each prober. */
    static final String SENT_AROUND =
            "SELECT samples FROM run_probe_piece WHERE run_id = ? AND from_at < ? ORDER BY from_at DESC LIMIT 8";

    static final String RESULTS = "SELECT run_id, result FROM run_probe WHERE run_id = ANY (?) AND result IS NOT NULL";

    static final String PIECES =
            "SELECT prober, from_at, samples FROM run_probe_piece WHERE run_id = ? ORDER BY from_at";

    private static final int AT_ONCE = 200;

    /** From then on a run's failures are stored together. */
    static final int SINGLY = 1_000;

    @Inject
    DataSource database;

    /** A lease on the probing of a run. */
    record Lease(long runId, long fence) {}

    /** What there is to go on with. */
    record Taken(Lease lease, ProbePlan plan, Instant beganAt, int failed) {}

    /**
     * How it stands with the probe of a run.
     *
     * @param counted failures that count: not those that fell on the way back
     * @param allowed how many may fail: what is tolerated, or what a person has accepted
     */
    record Standing(
            boolean running,
            String instance,
            Instant beganAt,
            Instant until,
            Instant writtenUntil,
            int sent,
            int counted,
            int tolerated,
            int allowed) {}

    /** From now on this run is probed. In the transaction that begins the run. */
    void begin(long runId, ProbePlan plan, Instant now) {
        update(
                "INSERT INTO run_probe (run_id, plan, state, tolerate, began_at) VALUES (?, ?, 'running', ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                runId,
                plan.text(),
                plan.tolerate(),
                now);
    }

    /** Runs that nobody probes just now and somebody should. */
    List<Long> free() {
        return list(FREE, row -> row.getLong(1));
    }

    Optional<Taken> take(long runId, String instance, Duration lease) {
        return list(
                        TAKE,
                        row -> new Taken(
                                new Lease(runId, row.getLong(1)),
                                ProbePlan.stored(row.getString(2)),
                                instant(row, 3),
                                row.getInt(4)),
                        instance,
                        lease.toMillis(),
                        runId)
                .stream()
                .findFirst();
    }

    /** After a start: what this instance probed before is free at once. */
    void release(String instance) {
        update("UPDATE run_probe SET lease_until = NULL WHERE instance = ? AND state = 'running'", instance);
    }

    void release(Lease lease) {
        update("UPDATE run_probe SET lease_until = NULL WHERE " + MINE, lease.runId(), lease.fence());
    }

    /**
     * Stores what was sent and prolongs the lease, all in one transaction. A piece that is there already, because only
     * the answer to an earlier call was lost, changes nothing.
     *
     * @param singly whether failed probes get a row each
     * @param result what all of it came to, as JSON; null for what stood there before
     * @return false when somebody else probes this run now, or nobody shall any more
     */
    boolean write(
            Lease lease,
            String instance,
            List<Piece> pieces,
            boolean singly,
            Timeline time,
            String result,
            Duration duration)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                boolean mine = prolong(connection, lease, duration);
                if (mine) {
                    List<Piece> fresh = pieces(connection, lease, instance, pieces, time);
                    Counted counted = failures(connection, lease, fresh, singly, time);
                    sum(connection, lease, fresh, counted, until(pieces, time), result, time);
                }
                connection.commit();
                return mine;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(before);
            }
        }
    }

    private static boolean prolong(Connection connection, Lease lease, Duration duration) throws SQLException {
        return execute(
                        connection,
                        "UPDATE run_probe SET lease_until = " + LATER + " WHERE " + MINE,
                        duration.toMillis(),
                        lease.runId(),
                        lease.fence())
                == 1;
    }

    private static Instant until(List<Piece> pieces, Timeline time) {
        return time.instant(pieces.stream().mapToLong(Piece::toUs).max().orElse(time.nowUs()));
    }

    /** @return those that were not there yet */
    private static List<Piece> pieces(
            Connection connection, Lease lease, String instance, List<Piece> pieces, Timeline time)
            throws SQLException {
        var fresh = new ArrayList<Piece>();
        for (Piece piece : pieces) {
            int stored = execute(
                    connection,
                    "INSERT INTO run_probe_piece (run_id, prober, instance, fence, piece, from_at, to_at, planned,"
                            + " sent, failed, p50_ms, p95_ms, schema_no, samples) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                            + " ?, ?, ?) ON CONFLICT DO NOTHING",
                    lease.runId(),
                    piece.prober().key,
                    instance,
                    lease.fence(),
                    piece.no(),
                    time.instant(piece.fromUs()),
                    time.instant(piece.toUs()),
                    piece.planned(),
                    piece.sent().size(),
                    piece.failed(),
                    piece.percentile(0.5),
                    piece.percentile(0.95),
                    Piece.SCHEMA,
                    piece.blob());
            if (stored == 1) {
                fresh.add(piece);
            }
        }
        return fresh;
    }

    private record Counted(int failed, int accepted) {}

    private static Counted failures(
            Connection connection, Lease lease, List<Piece> pieces, boolean singly, Timeline time) throws SQLException {
        var failed = new FailedProbes(pieces);
        if (failed.isEmpty()) {
            return new Counted(0, 0);
        }
        try (PreparedStatement insert = connection.prepareStatement(FAILURES)) {
            fill(insert, lease.runId(), lease.fence(), time.began());
            int at = failed.fill(insert, 4);
            insert.setLong(at, lease.runId());
            insert.setBoolean(at + 1, singly);
            insert.setLong(at + 2, lease.runId());
            insert.setLong(at + 3, lease.runId());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return new Counted(row.getInt(1), row.getInt(2));
            }
        }
    }

    private static void sum(
            Connection connection,
            Lease lease,
            List<Piece> fresh,
            Counted counted,
            Instant until,
            String result,
            Timeline time)
            throws SQLException {
        execute(
                connection,
                "UPDATE run_probe SET sent = sent + ?, failed = failed + ?, counted = counted + ?, accepted = accepted"
                        + " + ?, written_until = ?, began_at = ?, result = coalesce(?, result) WHERE " + MINE,
                fresh.stream().mapToInt(piece -> piece.sent().size()).sum(),
                fresh.stream().mapToInt(Piece::failed).sum(),
                counted.failed(),
                counted.accepted(),
                until,
                time.began(),
                result,
                lease.runId(),
                lease.fence());
    }

    /** Is told what was sent before, piece by piece, in time order. */
    @FunctionalInterface
    interface Pieces {
        void piece(Prober.Kind prober, Instant from, List<Sent> sent);
    }

    /** What was sent before, to go on counting from there; never all of it at once. */
    void sent(long runId, Pieces told) {
        try (Connection connection = database.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(PIECES)) {
                statement.setFetchSize(AT_ONCE);
                statement.setLong(1, runId);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        told.piece(Prober.Kind.of(row.getString(1)), instant(row, 2), Piece.read(row.getBytes(3)));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(before);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the probes could not be read: " + e.getMessage(), e);
        }
    }

    /**
     * How many probes were sent, or were still under way, since then, as far as they are written down.
     *
     * @param began when the probing began
     */
    int sentSince(long runId, Instant began, Instant since) {
        int after = list(SENT_AFTER, row -> row.getInt(1), runId, since).get(0);
        long sinceUs = ChronoUnit.MICROS.between(began, since);
        return after
                + list(SENT_AROUND, row -> Piece.read(row.getBytes(1)), runId, since).stream()
                        .mapToInt(piece -> (int) piece.stream()
                                .filter(sent -> sent.sentUs() >= sinceUs)
                                .count())
                        .sum();
    }

    /** When its steps were under way. */
    List<StepWindow> steps(long runId) {
        double now = System.currentTimeMillis();
        return list(
                "SELECT step_id, leg, started_at, ended_at FROM run_step WHERE run_id = ? AND started_at IS NOT NULL"
                        + " ORDER BY started_at",
                row -> new StepWindow(
                        row.getString(1),
                        row.getString(2),
                        millis(instant(row, 3)),
                        row.getObject(4) == null ? now : millis(instant(row, 4))),
                runId);
    }

    private static double millis(Instant instant) {
        return instant.getEpochSecond() * 1e3 + instant.getNano() / 1e6;
    }

    /** Whether the run has come to its end; then nobody probes it any more. */
    boolean isOver(long runId) {
        return list(
                                "SELECT 1 FROM run WHERE id = ? AND state IN ('succeeded', 'failed', 'rolled-back',"
                                        + " 'aborted')",
                                row -> true,
                                runId)
                        .size()
                == 1;
    }

    Optional<Standing> standing(long runId) {
        return list(
                        "SELECT state = 'running', instance, began_at, until_at, written_until, sent, counted,"
                                + " tolerate, greatest(tolerate, accepted) FROM run_probe WHERE run_id = ?",
                        row -> new Standing(
                                row.getBoolean(1),
                                row.getString(2),
                                instant(row, 3),
                                instant(row, 4),
                                instant(row, 5),
                                row.getInt(6),
                                row.getInt(7),
                                row.getInt(8),
                                row.getInt(9)),
                        runId)
                .stream()
                .findFirst();
    }

    /** How the failures that nobody has accepted yet split into kinds, most frequent first. */
    Map<String, Integer> kinds(long runId, Instant since) {
        var kinds = new java.util.LinkedHashMap<String, Integer>();
        list(KINDS, row -> Map.entry(row.getString(1), row.getInt(2)), runId, since)
                .forEach(each -> kinds.put(each.getKey(), each.getValue()));
        return kinds;
    }

    /** The time after the last step begins; once it has begun it stays. Null takes it back. */
    void until(long runId, Instant until) {
        update("UPDATE run_probe SET until_at = ? WHERE run_id = ? AND state = 'running'", until, runId);
    }

    /** A person lets the run go on, with what failed so far, whether it is written down yet or not. */
    void accept(long runId) {
        update(
                "UPDATE run_probe SET accepted = greatest(accepted, counted), accepted_until = clock_timestamp()"
                        + " WHERE run_id = ?",
                runId);
    }

    /** It is over. */
    void end(long runId) {
        update(
                "UPDATE run_probe SET state = 'over', lease_until = NULL, over_at = coalesce(over_at,"
                        + " clock_timestamp()) WHERE run_id = ?",
                runId);
    }

    /** What the probes of these runs came to: JSON by run. */
    Map<Long, String> results(Collection<Long> runIds) {
        if (runIds.isEmpty()) {
            return Map.of();
        }
        var all = new HashMap<Long, String>();
        list(RESULTS, row -> Map.entry(row.getLong(1), row.getString(2)), (Object) runIds.toArray(Long[]::new))
                .forEach(each -> all.put(each.getKey(), each.getValue()));
        return all;
    }

    /** Pieces gathered into stretches of the same length, for drawing. */
    record Stretch(long no, Prober.Kind prober, int planned, int sent, int failed, Double p50, Double p95) {}

    List<Stretch> stretches(long runId, Instant from, Duration length) {
        return list(
                STRETCHES,
                row -> new Stretch(
                        row.getLong(1),
                        Prober.Kind.of(row.getString(2)),
                        row.getInt(3),
                        row.getInt(4),
                        row.getInt(5),
                        (Double) row.getObject(6),
                        (Double) row.getObject(7)),
                from,
                length.toMillis(),
                runId);
    }

    /** What the page of a run says first. */
    record Row(
            String instance,
            boolean running,
            Instant beganAt,
            Instant writtenUntil,
            int sent,
            int failed,
            int tolerated,
            String result,
            ProbePlan plan,
            Instant removedAt,
            String kept) {}

    Optional<Row> row(long runId) {
        return list(
                        "SELECT instance, state = 'running', began_at, written_until, sent, failed, tolerate, result,"
                                + " plan, pieces_removed_at, pieces_kept FROM run_probe WHERE run_id = ?",
                        row -> new Row(
                                row.getString(1),
                                row.getBoolean(2),
                                instant(row, 3),
                                instant(row, 4),
                                row.getInt(5),
                                row.getInt(6),
                                row.getInt(7),
                                row.getString(8),
                                ProbePlan.stored(row.getString(9)),
                                instant(row, 10),
                                row.getString(11)),
                        runId)
                .stream()
                .findFirst();
    }

    // --- plain statements

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, Reader<T> reader, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                var all = new ArrayList<T>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return all;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the probes could not be read: " + e.getMessage(), e);
        }
    }

    private void update(String sql, Object... values) {
        try (Connection connection = database.getConnection()) {
            execute(connection, sql, values);
        } catch (SQLException e) {
            throw new IllegalStateException("the probes could not be written: " + e.getMessage(), e);
        }
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void fill(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Instant at) {
                statement.setObject(i + 1, at.atOffset(ZoneOffset.UTC));
            } else if (value instanceof Long[] ids) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("bigint", ids));
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
