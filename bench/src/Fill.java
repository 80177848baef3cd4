import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;

/** What a team may have gathered in years. */
final class Fill {

    private static final String[] THINGS = {
        "prices", "orders", "sessions", "quotes", "mails", "images", "flags", "carts"
    };

    private Fill() {}

    /** Ten steps a migration, as people write them, and so many runs of ten steps each. */
    static void with(Database database, int size, int runs) throws Exception {
        Connection connection = database.connection;
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO environment (key, name, tier, content, content_hash, source, revision, created_at,"
                            + " created_by, changed_at, changed_by) SELECT k, k, 'staging', " + environment("k")
                            + ", 'x',"
                            + " 'x', 1, now(), 'a', now(), 'a' FROM unnest(ARRAY['staging', 'production', 'load']) k");
            statement.execute(
                    "INSERT INTO migration (key, title, service, owner, state, revision, needs_review, created_at,"
                            + " created_by, changed_at, changed_by, archived_at) SELECT 'change-' || i, 'Move the ' ||"
                            + " (ARRAY"
                            + quoted() + ")[1 + i % 8] || ' of place ' || i, 'svc-' || (i % 60), 'team-' || (i % 25),"
                            + " (ARRAY['draft', 'ready', 'rehearsed', 'live', 'rolled-back', 'done',"
                            + " 'done', 'done', 'abandoned'])[1 + (i * 7) % 9], 1, i % 50 = 0, now(), 'a',"
                            + " now() - i * interval '1 minute', 'a', CASE WHEN i % 10 = 3 THEN now() END"
                            + " FROM generate_series(1, " + size + ") i");
        }
        connection.setAutoCommit(false);
        try (PreparedStatement revision = connection.prepareStatement(
                "INSERT INTO migration_revision (migration_id, number, content, content_hash, source, created_at,"
                        + " created_by) VALUES (?, 1, ?, ?, ?, now(), 'a')")) {
            for (int i = 1; i <= size; i++) {
                String content = content(i);
                revision.setLong(1, i);
                revision.setString(2, content);
                revision.setString(3, String.format("%064d", i));
                revision.setString(4, content);
                revision.addBatch();
                if (i % 500 == 0 || i == size) {
                    revision.executeBatch();
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO run (migration_id, revision_id, environment_id, environment_content, service,"
                        + " purpose, finish, measure, state, direction, leg_no, requested_by, created_at, started_at,"
                        + " ended_at) SELECT m.id, m.id, 1 + i % 2, " + environment("'staging'")
                            + ", m.service, 'live', 'applied', 'none',"
                            + " (ARRAY['succeeded', 'succeeded', 'succeeded', 'failed', 'rolled-back'])[1 + i % 5],"
                            + " 'forward', 1, 'a', now(), now(), now() FROM generate_series(1, " + runs
                            + ") i JOIN migration m ON m.id = 1 + (i * 7919) % " + size);
            statement.execute("INSERT INTO run_step (run_id, leg_no, leg, position, step_id, title, phase, kind, state)"
                    + " SELECT r.id, 1, 'forward', p, 'step-' || p, 'Step ' || p, 'change', 'sql',"
                    + " CASE WHEN r.state = 'failed' AND p = 3 THEN 'failed' ELSE 'succeeded' END"
                    + " FROM run r, generate_series(1, 10) p");
        }
    }

    private static String quoted() {
        return Arrays.toString(
                Arrays.stream(THINGS).map(thing -> "'" + thing + "'").toArray());
    }

    private static String content(int i) {
        String thing = THINGS[i % THINGS.length];
        var steps = new ArrayList<String>();
        for (int s = 1; s <= 10; s++) {
            steps.add(("{'id': 'step-%1$d', 'title': 'Carry part %1$d of the %2$s over to table %2$s_v%3$d', 'phase':"
                + " 'change', 'idempotent': true, 'timeout': '30s', 'sql': {'target': 'db', 'statements': ['INSERT"
                + " INTO %2$s_v%3$d (key, value, part%1$d) SELECT key, value, now() FROM settings WHERE place = %4$d"
                + " AND part = %1$d ON CONFLICT DO NOTHING', 'ANALYZE %2$s_v%3$d']}, 'rollback': {'sql': {'target':"
                + " 'db', 'statements': ['DELETE FROM %2$s_v%3$d WHERE part = %1$d']}}}")
                    .formatted(s, thing, i % 40, i));
        }
        return ("{'apiVersion': 'switchback/v1', 'kind': 'Migration', 'key': 'change-%1$d', 'title': 'Move the %2$s of"
            + " place %1$d', 'service': 'svc-%3$d', 'owner': 'team-%4$d', 'backup': 'on-call-platform', 'today':"
            + " {'route': 'GET /api/%2$s?place=%1$d', 'slow': 'SELECT * FROM %2$s WHERE place = %1$d ORDER BY price',"
            + " 'noticed': 'on the first visit of the day in the %5$s'}, 'expected': 'p95 under 120 ms and no failed"
            + " request', 'rollbackNote': 'Set read_from back to settings; see TICKET-%1$d', 'assumptions': ['Both"
            + " tables fit in memory'], 'checklist': [{'id': 'plans', 'title': 'Look at the index and the plan',"
            + " 'evidence': 'plan'}], 'steps': [%6$s]}")
                .formatted(i, thing, i % 60, i % 25, i % 20 == 0 ? "warehouse" : "shop", String.join(", ", steps))
                .replace('\'', '"');
    }

    /** The content of an environment whose key is this expression of SQL. */
    private static String environment(String key) {
        return "'{\"apiVersion\": \"switchback/v1\", \"kind\": \"Environment\", \"key\": \"' || " + key
                + " || '\", \"name\": \"Staging\", \"tier\": \"staging\", \"targets\": {\"db\": {\"kind\": \"jdbc\","
                + " \"url\": \"jdbc:postgresql://127.0.0.1:5432/shop\"}}}'";
    }

    /** Changes what stands at the top of the list of migrations and of the list of runs, as a server elsewhere would. */
    static Load.Worker change(Database database) {
        return () -> {
            database.execute("UPDATE run SET last_event_no = last_event_no + 1 WHERE id = (SELECT max(id) FROM run)");
            database.execute("UPDATE migration SET title = regexp_replace(title, ' #.*', '') || ' #' ||"
                    + " floor(random() * 1000000) WHERE id = 1");
        };
    }

    /** Waits until the server has read the words of all migrations, for the search; then the planner knows it all. */
    static void settle(Database database, int size) throws Exception {
        for (int i = 0; i < 1200; i++) {
            if (database.value("SELECT count(*) FROM migration_search").equals("" + size)) {
                database.execute("VACUUM ANALYZE");
                return;
            }
            Thread.sleep(500);
        }
        throw new IllegalStateException("the words are not read");
    }

    /** Gives other runs the lines of this one too, until there are so many in all. */
    static void lines(Database database, long from, long lines) throws Exception {
        long each = Long.parseLong(database.value("SELECT last_line_no FROM run WHERE id = ?", from));
        String columns = database.value("SELECT string_agg(column_name, ', ') FROM information_schema.columns WHERE"
                + " table_name = 'run_log_chunk' AND column_name <> 'run_id'");
        long copies = lines / each - 1;
        database.execute("INSERT INTO run_log_chunk (run_id, " + columns + ") SELECT r.id, " + prefixed(columns)
                + " FROM (SELECT id FROM run WHERE id <> " + from + " ORDER BY id DESC LIMIT " + copies
                + ") r, run_log_chunk c WHERE c.run_id = " + from);
        database.execute("UPDATE run SET last_line_no = " + each + " WHERE id IN (SELECT id FROM run WHERE id <> "
                + from + " ORDER BY id DESC LIMIT " + copies + ")");
    }

    private static String prefixed(String columns) {
        return "c." + columns.replace(", ", ", c.");
    }
}
