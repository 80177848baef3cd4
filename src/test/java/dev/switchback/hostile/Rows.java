package dev.switchback.hostile;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Every row of every table, as a number of rows and a sum over their versions: adding, removing or writing any row changes
 * it, also when what is written is what stood there before.
 */
final class Rows {

    /** What Switchback writes by itself, and what it writes because somebody was refused: looked at by {@link #deeds}. */
    private static final Set<String> LEFT_OUT = Set.of(
            // by itself: signs of life, work that is due, the chain of the trail
            "instance",
            "run_watching",
            "scheduled_tasks",
            "audit_batch",
            "audit_head",
            // swept every minute; whoever adds a row to it has changed a list, which another table shows
            "list_change",
            // because somebody asked or was refused: rates, waits, the trail of refusals
            "request_rate",
            "sign_in_wait",
            "sign_in_place",
            "audit_entry");

    /** Rows in which asking alone leaves a time behind; the rest of the row counts. */
    private static final Map<String, String> WITHOUT_TIMES = Map.of(
            "session", "to_jsonb(t) - 'last_seen_at'",
            "api_token", "to_jsonb(t) - 'last_used_at' - 'last_used_address'",
            "run", "to_jsonb(t) - 'lease_until'");

    private Rows() {}

    /** Table: rows and sum. */
    static Map<String, String> of(DataSource database) throws SQLException {
        try (var connection = database.getConnection()) {
            String question = tables(connection).stream()
                    .map(table -> "SELECT '%s', count(*) || ' rows, ' || coalesce(sum(hashtext(%s)), 0) FROM \"%s\" t"
                            .formatted(table, version(table), table))
                    .collect(Collectors.joining(" UNION ALL "));
            var rows = new TreeMap<String, String>();
            try (var statement = connection.createStatement();
                    var found = statement.executeQuery(question)) {
                while (found.next()) {
                    rows.put(found.getString(1), found.getString(2));
                }
            }
            return rows;
        }
    }

    private static String version(String table) {
        String content = WITHOUT_TIMES.get(table);
        return content == null ? "xmin::text || ctid::text" : "(" + content + ")::text";
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")) {
            while (found.next()) {
                if (!LEFT_OUT.contains(found.getString(1))) {
                    tables.add(found.getString(1));
                }
            }
        }
        return tables;
    }

    /** How many deeds the trail knows, refusals not among them. */
    static long deeds(DataSource database) throws SQLException {
        return count(
                database,
                "SELECT count(*) FROM audit_entry WHERE action NOT IN ('access.refused', 'signin.refused',"
                        + " 'signin.wait')");
    }

    static long count(DataSource database, String statement) throws SQLException {
        try (var connection = database.getConnection();
                var question = connection.createStatement();
                var found = question.executeQuery(statement)) {
            found.next();
            return found.getLong(1);
        }
    }
}
