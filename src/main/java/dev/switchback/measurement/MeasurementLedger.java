package dev.switchback.measurement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/**
 * Writes what comes of a measurement that is under way. Every statement names the instance that carries it out and
 * changes nothing once that is not so any more: who was thought dead writes no more. Each commits by itself.
 */
@ApplicationScoped
class MeasurementLedger {

    /** That this instance still carries the measurement out; its two parameters are the number and the instance. */
    private static final String OURS =
            " EXISTS (SELECT 1 FROM measurement m WHERE m.id = ? AND m.instance = ? AND m.state = 'running')";

    @Inject
    DataSource database;

    /** Somebody else decided meanwhile that it is over. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost(long id) {
            super("measurement " + id + " is not carried out here any more");
        }
    }

    /** How a metric ended. */
    record End(MeasurementState state, String message, String expected, String facts, Instant from, Instant to) {}

    /** It begins now. */
    void begin(long id, String instance) throws SQLException {
        require(
                id,
                update(
                        "UPDATE measurement SET started_at = clock_timestamp() WHERE id = ? AND instance = ?"
                                + " AND state = 'running'",
                        id,
                        instance));
    }

    /** What it is at, and when it is likely to be over. */
    void progress(long id, String instance, ObjectNode progress, Instant likelyEnd) throws SQLException {
        require(
                id,
                update(
                        "UPDATE measurement SET progress = ?, likely_end_at = ? WHERE id = ? AND instance = ?"
                                + " AND state = 'running'",
                        Json.text(progress),
                        likelyEnd,
                        id,
                        instance));
    }

    /** What the service had to do besides; nothing when its environment tells nothing. */
    void load(long id, String instance, ObjectNode known) throws SQLException {
        if (!known.path("load").isEmpty()) {
            require(
                    id,
                    update(
                            "UPDATE measurement SET load = ? WHERE id = ? AND instance = ? AND state = 'running'",
                            Json.text(known),
                            id,
                            instance));
        }
    }

    /** A metric is being measured now. */
    void metricBegins(long id, String instance, long metric) throws SQLException {
        require(
                id,
                update(
                        "UPDATE measurement_metric SET state = 'running', started_at = clock_timestamp() WHERE id = ?"
                                + " AND" + OURS,
                        metric,
                        id,
                        instance));
    }

    /** Stores samples as the next part of a metric. */
    void append(long id, String instance, long metric, int part, List<StoredSample> samples) throws SQLException {
        byte[] bytes = SampleBlob.write(samples);
        require(
                id,
                update(
                        "INSERT INTO measurement_samples (metric_id, part, schema_no, sha256, samples)"
                                + " SELECT ?, ?, ?, ?, ? WHERE" + OURS,
                        metric,
                        part,
                        SampleBlob.SCHEMA,
                        SpecHash.sha256(bytes),
                        bytes,
                        id,
                        instance));
    }

    /** What a metric has come to so far. */
    void figures(long id, String instance, long metric, Figures figures) throws SQLException {
        require(
                id,
                update(
                        "UPDATE measurement_metric SET n = ?, failed = ?, late = ?, blocks = ?, p50 = ?, p95 = ?, p99"
                                + " = ?, hit_ratio = ?, db_calls = ? WHERE id = ? AND" + OURS,
                        figures.n(),
                        figures.failed(),
                        figures.late(),
                        figures.blocks(),
                        figures.p50(),
                        figures.p95(),
                        figures.p99(),
                        figures.hitRatio(),
                        figures.dbCalls(),
                        metric,
                        id,
                        instance));
    }

    /** A metric is over. */
    void metricEnds(long id, String instance, long metric, End end) throws SQLException {
        require(
                id,
                update(
                        "UPDATE measurement_metric SET state = ?, message = ?, expected = ?, facts = ?,"
                                + " started_at = coalesce(?, started_at), ended_at = ? WHERE id = ? AND" + OURS,
                        end.state().word(),
                        end.message(),
                        end.expected(),
                        end.facts(),
                        end.from(),
                        end.to(),
                        metric,
                        id,
                        instance));
    }

    /** It is over, and with it every metric whose end nobody wrote. */
    void end(long id, String instance, MeasurementState state, String message, String expected) throws SQLException {
        update(
                "WITH over AS (UPDATE measurement SET state = ?, message = ?, expected = ?, progress = NULL,"
                        + " likely_end_at = NULL, lease_until = NULL, ended_at = clock_timestamp()"
                        + " WHERE id = ? AND instance = ? AND state = 'running' RETURNING id)"
                        + " UPDATE measurement_metric m SET state = ?, ended_at = clock_timestamp() FROM over"
                        + " WHERE m.measurement_id = over.id AND m.state IN ('pending', 'running')",
                state.word(),
                message,
                expected,
                id,
                instance,
                state.word());
    }

    private static void require(long id, int rows) {
        if (rows == 0) {
            throw new Lost(id);
        }
    }

    private int update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                set(statement, i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, int at, Object value) throws SQLException {
        if (value instanceof Instant instant) {
            statement.setTimestamp(at, Timestamp.from(instant));
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(at, bytes);
        } else if (value == null) {
            statement.setNull(at, Types.NULL);
        } else {
            statement.setObject(at, value);
        }
    }
}
