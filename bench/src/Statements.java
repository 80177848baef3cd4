import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reading statements that PostgreSQL is asked while something is done, with their values, from its own log. */
final class Statements {

    private static final Pattern EXECUTED =
            Pattern.compile("(?s)LOG:  execute [^:]*: (.*?)(?=\\n\\d{4}-\\d\\d-\\d\\d |\\z)");
    private static final Pattern VALUES = Pattern.compile("\\ADETAIL:  (?i:parameters): (.*)\\z", Pattern.DOTALL);

    private Statements() {}

    /** What is done; it is done twice, once before anybody listens. */
    interface Deed {
        void once() throws Exception;
    }

    static List<String> of(Database database, Deed deed) throws Exception {
        deed.once();
        Path log = database.folder.resolve("postgres-home/postgres.log");
        database.execute("ALTER SYSTEM SET log_statement = 'all'");
        database.execute("ALTER SYSTEM SET log_line_prefix = '%m %p '");
        database.execute("SELECT pg_reload_conf()");
        Thread.sleep(500);
        long before = Files.size(log);
        deed.once();
        Thread.sleep(200);
        byte[] all = Files.readAllBytes(log);
        database.execute("ALTER SYSTEM RESET log_statement");
        database.execute("SELECT pg_reload_conf()");
        return read(new String(all, (int) before, all.length - (int) before));
    }

    /** Several connections write into the log at once; those of the engine say so by what they ask for. */
    private static List<String> read(String log) {
        String[] entries = log.split("(?m)^(?=\\d{4}-\\d\\d-\\d\\d [^ ]+ \\w+ \\d+ )");
        var found = new ArrayList<String>();
        for (int i = 0; i < entries.length; i++) {
            Matcher executed = EXECUTED.matcher(entries[i]);
            if (!executed.find()) {
                continue;
            }
            String sql = executed.group(1).strip();
            String detail = i + 1 < entries.length ? entries[i + 1].replaceFirst("^\\S+ \\S+ \\w+ \\d+ ", "") : "";
            Matcher values = VALUES.matcher(detail.strip());
            if (sql.toLowerCase().matches("(?s)(select|with).*") && !isEngine(sql)) {
                found.add(values.find() ? filled(sql, values.group(1)) : sql);
            }
        }
        return found;
    }

    private static boolean isEngine(String sql) {
        return sql.contains("scheduled_tasks")
                || sql.contains("lease_until")
                || sql.contains("instance SET")
                || sql.contains("pg_notify");
    }

    /** Puts the values where they belong; {@code values} is {@code $1 = 'a', $2 = NULL}. */
    private static String filled(String sql, String values) {
        String filled = sql;
        var pairs = new ArrayList<String[]>();
        Matcher value = Pattern.compile("\\$(\\d+) = (NULL|'(?:[^']|'')*')").matcher(values);
        while (value.find()) {
            pairs.add(new String[] {value.group(1), value.group(2)});
        }
        for (int i = pairs.size() - 1; i >= 0; i--) {
            filled = filled.replaceAll("\\$" + pairs.get(i)[0] + "\\b", Matcher.quoteReplacement(pairs.get(i)[1]));
        }
        return filled;
    }
}
