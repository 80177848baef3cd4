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

    private static final String FREE =
            "SELECT run_id FROM run_probe WHERE state = 'running' AND coalesce(lease_until, '-infinity') <"
                    + " clock_timestamp()";

    private static final String TAKE = "UPDATE run_probe SET instance = ?, fence = fence + 1, lease_until = " + LATER
            + " WHERE run_id = ? AND state = 'running' AND coalesce(lease_until, '-infinity') < clock_timestamp()"
            + " RETURNING fence, plan, began_at";

    private static final String STEP_THEN = "LEFT JOIN LATERAL (SELECT leg_no, step_id FROM run_step WHERE run_id = ?"
            + " AND started_at <= ? ORDER BY started_at DESC, leg_no DESC, position DESC LIMIT 1) AS step ON true";

    private static final String COUNTED =
            "(SELECT count(*) FROM run_probe_failure AS failure LEFT JOIN run_step AS step ON step.run_id ="
                    + " failure.run_id AND step.leg_no = failure.leg_no AND step.step_id = failure.step_id WHERE"
                    + " failure.run_id = run_probe.run_id AND coalesce(step.leg, 'forward') <> 'back')";

    @Inject
    DataSource database;

    /** A lease on the probing of a run. */
    record Lease(long runId, long fence) {}

    /** What there is to go on with. */
    record Taken(Lease lease, ProbePlan plan, Instant beganAt) {}

    /**
     * How it stands with the probe of a run.
     *
     * @param counted failures that count: not those that fell on the way back
     * @param allowed how many may fail: what is tolerated, or what a person has accepted
     */
    record Standing(
            boolean running,
            String instance,
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
                                new Lease(runId, row.getLong(1)), ProbePlan.stored(row.getString(2)), instant(row, 3)),
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
     * Stores what was sent and prolongs the lease, all in one transaction.
     *
     * @param result what all of it came to, as JSON; null for what stood there before
     * @return false when somebody else probes this run now, or nobody shall any more
     */
    boolean write(
            Lease lease, String instance, long no, List<Piece> pieces, Timeline time, String result, Duration duration)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                boolean mine = prolong(connection, lease, duration);
                if (mine) {
                    pieces(connection, lease, instance, no, pieces, time);
                    failures(connection, lease, no, pieces, time);
                    sum(connection, lease, pieces, time, result);
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

    private static void pieces(
            Connection connection, Lease lease, String instance, long no, List<Piece> pieces, Timeline time)
            throws SQLException {
        for (Piece piece : pieces) {
            execute(
                    connection,
                    "INSERT INTO run_probe_piece (run_id, prober, instance, fence, piece, from_at, to_at, planned,"
                            + " sent, failed, p50_ms, p95_ms, schema_no, samples) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                            + " ?, ?, ?) ON CONFLICT DO NOTHING",
                    lease.runId(),
                    piece.prober().key,
                    instance,
                    lease.fence(),
                    no,
                    time.instant(piece.fromUs()),
                    time.instant(piece.toUs()),
                    piece.planned(),
                    piece.sent().size(),
                    piece.failed(),
                    piece.percentile(0.5),
                    piece.percentile(0.95),
                    Piece.SCHEMA,
                    piece.blob());
        }
    }

    private static void failures(Connection connection, Lease lease, long no, List<Piece> pieces, Timeline time)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO run_probe_failure (run_id, prober, fence, no, at, took_ms, kind, status, message, leg_no,"
                        + " step_id) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, step.leg_no, step.step_id FROM (VALUES (1)) AS one "
                        + STEP_THEN + " ON CONFLICT DO NOTHING")) {
            for (Piece piece : pieces) {
                for (Sent sent : piece.sent()) {
                    if (sent.failure() != null) {
                        Instant at = time.instant(sent.sentUs());
                        fill(
                                insert,
                                lease.runId(),
                                piece.prober().key,
                                lease.fence(),
                                sent.slot(),
                                at,
                                sent.tookUs() / 1000.0,
                                sent.failure().words(),
                                sent.status(),
                                sent.message() == null ? "" : sent.message(),
                                lease.runId(),
                                at);
                        insert.addBatch();
                    }
                }
            }
            insert.executeBatch();
        }
    }

    private static void sum(Connection connection, Lease lease, List<Piece> pieces, Timeline time, String result)
            throws SQLException {
        int failed = pieces.stream().mapToInt(Piece::failed).sum();
        execute(
                connection,
                "UPDATE run_probe SET sent = sent + ?, failed = failed + ?, written_until = ?,"
                        + " counted = CASE WHEN ? > 0 THEN " + COUNTED
                        + " ELSE counted END, result = coalesce(?, result)"
                        + " WHERE " + MINE,
                pieces.stream().mapToInt(piece -> piece.sent().size()).sum(),
                failed,
                time.instant(pieces.stream().mapToLong(Piece::toUs).min().orElse(time.nowUs())),
                failed,
                result,
                lease.runId(),
                lease.fence());
    }

    /** What was sent before, to go on counting from there. */
    Map<Prober.Kind, List<Sent>> sent(long runId) {
        var all = new HashMap<Prober.Kind, List<Sent>>();
        list(
                        "SELECT prober, samples FROM run_probe_piece WHERE run_id = ? ORDER BY from_at",
                        row -> Map.entry(Prober.Kind.of(row.getString(1)), Piece.read(row.getBytes(2))),
                        runId)
                .forEach(piece -> all.computeIfAbsent(piece.getKey(), kind -> new ArrayList<>())
                        .addAll(piece.getValue()));
        return all;
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
                        "SELECT state = 'running', instance, until_at, written_until, sent, counted, tolerate,"
                                + " greatest(tolerate, accepted) FROM run_probe WHERE run_id = ?",
                        row -> new Standing(
                                row.getBoolean(1),
                                row.getString(2),
                                instant(row, 3),
                                instant(row, 4),
                                row.getInt(5),
                                row.getInt(6),
                                row.getInt(7),
                                row.getInt(8)),
                        runId)
                .stream()
                .findFirst();
    }

    /** How the failures that nobody has accepted yet split into kinds, most frequent first. */
    Map<String, Integer> kinds(long runId, Instant since) {
        var kinds = new java.util.LinkedHashMap<String, Integer>();
        list(
                        "SELECT kind, count(*) FROM run_probe_failure WHERE run_id = ? AND at >= ? GROUP BY kind"
                                + " ORDER BY count(*) DESC, kind",
                        row -> Map.entry(row.getString(1), row.getInt(2)),
                        runId,
                        since)
                .forEach(each -> kinds.put(each.getKey(), each.getValue()));
        return kinds;
    }

    /** The time after the last step begins; once it has begun it stays. Null takes it back. */
    void until(long runId, Instant until) {
        update("UPDATE run_probe SET until_at = ? WHERE run_id = ? AND state = 'running'", until, runId);
    }

    /** A person lets the run go on, with what failed so far. */
    void accept(long runId) {
        update("UPDATE run_probe SET accepted = greatest(accepted, counted) WHERE run_id = ?", runId);
    }

    /** It is over. */
    void end(long runId) {
        update("UPDATE run_probe SET state = 'over', lease_until = NULL WHERE run_id = ?", runId);
    }

    /** What the probes of these runs came to: JSON by run. */
    Map<Long, String> results(Collection<Long> runIds) {
        if (runIds.isEmpty()) {
            return Map.of();
        }
        var all = new HashMap<Long, String>();
        list(
                        "SELECT run_id, result FROM run_probe WHERE run_id = ANY (?) AND result IS NOT NULL",
                        row -> Map.entry(row.getLong(1), row.getString(2)),
                        (Object) runIds.toArray(Long[]::new))
                .forEach(each -> all.put(each.getKey(), each.getValue()));
        return all;
    }

    /** Pieces gathered into stretches of the same length, for drawing. */
    record Stretch(long no, Prober.Kind prober, int planned, int sent, int failed, Double p50, Double p95) {}

    List<Stretch> stretches(long runId, Instant from, Duration length) {
        return list(
                "SELECT floor(extract(epoch FROM from_at - ?::timestamptz) * 1000 / ?)::bigint AS stretch, prober,"
                        + " sum(planned), sum(sent), sum(failed), sum(p50_ms * sent) / nullif(sum(sent), 0), max(p95_ms)"
                        + " FROM run_probe_piece WHERE run_id = ? GROUP BY stretch, prober ORDER BY stretch, prober",
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
            ProbePlan plan) {}

    Optional<Row> row(long runId) {
        return list(
                        "SELECT instance, state = 'running', began_at, written_until, sent, failed, tolerate, result,"
                                + " plan FROM run_probe WHERE run_id = ?",
                        row -> new Row(
                                row.getString(1),
                                row.getBoolean(2),
                                instant(row, 3),
                                instant(row, 4),
                                row.getInt(5),
                                row.getInt(6),
                                row.getInt(7),
                                row.getString(8),
                                ProbePlan.stored(row.getString(9))),
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
