package dev.switchback.audit;

import dev.switchback.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads entries, the newest first: those that are looked for, of those that the one who asks may see. Thread-safe. */
@ApplicationScoped
public class ReadTrail {

    private static final int AT_ONCE = 1_000;

    /** What belongs to a service or an environment. */
    private static final String SOMEWHERE = "(e.service IS NOT NULL OR e.environment IS NOT NULL)";

    @Inject
    DataSource database;

    /** A place in the list: behind this entry. */
    public record Position(Instant at, long id) {

        static Position of(TrailEntry entry) {
            return new Position(entry.at(), entry.id());
        }

        /** Reads what {@link #toString} wrote. */
        static Position read(String text) {
            String[] words = text.split(" ");
            return new Position(Instant.parse(words[0]), Long.parseLong(words[1]));
        }

        @Override
        public String toString() {
            return at + " " + id;
        }
    }

    /** Takes an entry; a reader that went away throws. */
    interface Taker {
        void take(TrailEntry entry) throws java.io.IOException;
    }

    private static final class Where {
        private final StringBuilder sql = new StringBuilder(" WHERE true");
        private final List<Object> values = new ArrayList<>();

        void and(String condition, Object... its) {
            sql.append(" AND ").append(condition);
            values.addAll(List.of(its));
        }
    }

    /** At most so many entries, from a place on. */
    public List<TrailEntry> page(TrailQuery query, Visible visible, Optional<Position> after, int limit) {
        Where where = where(query, visible);
        after.ifPresent(place -> where.and("(e.at, e.id) < (?, ?)", place.at(), place.id()));
        String sql = "SELECT " + TrailEntry.COLUMNS + " FROM audit_entry e" + where.sql
                + " ORDER BY e.at DESC, e.id DESC LIMIT " + limit;
        var entries = new ArrayList<TrailEntry>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            fill(connection, select, where.values);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(TrailEntry.read(row));
                }
            }
        } catch (SQLException e) {
            if ("22021".equals(e.getSQLState()) || "22008".equals(e.getSQLState())) {
                throw Problem.content("What is looked for cannot be in the trail", "text without NUL characters")
                        .toException();
            }
            throw new IllegalStateException("the audit trail could not be read", e);
        }
        return entries;
    }

    /** All of them, as they are asked for: never more than some in memory, and no transaction held open. */
    void all(TrailQuery query, Visible visible, Taker taker) throws java.io.IOException {
        Optional<Position> after = Optional.empty();
        List<TrailEntry> some;
        do {
            some = page(query, visible, after, AT_ONCE);
            for (TrailEntry each : some) {
                taker.take(each);
            }
            after = some.isEmpty() ? after : Optional.of(Position.of(some.get(some.size() - 1)));
        } while (some.size() == AT_ONCE);
    }

    private static Where where(TrailQuery query, Visible visible) {
        var where = new Where();
        query.actor().ifPresent(actor -> where.and("e.actor = ?", actor));
        query.object().ifPresent(object -> object(where, object));
        query.action().ifPresent(action -> where.and("(e.action = ? OR e.action LIKE ?)", action, beginning(action)));
        query.service().ifPresent(service -> where.and("e.service = ?", service));
        query.environment().ifPresent(environment -> where.and("e.environment = ?", environment));
        query.since().ifPresent(since -> where.and("e.at >= ?", since));
        query.until().ifPresent(until -> where.and("e.at < ?", until));
        if (!visible.everything()) {
            mayBeSeen(where, visible);
        }
        return where;
    }

    /** The one place that says who may see which entry. */
    private static void mayBeSeen(Where where, Visible visible) {
        var any = new ArrayList<String>();
        var values = new ArrayList<Object>();
        if (visible.everywhere()) {
            any.add(SOMEWHERE);
        } else {
            any.add(SOMEWHERE + " AND EXISTS (SELECT FROM unnest(?::text[], ?::text[]) AS part (service, environment)"
                    + " WHERE (part.service IS NULL OR e.service IS NULL OR part.service = e.service) AND"
                    + " (part.environment IS NULL OR e.environment IS NULL OR part.environment = e.environment))");
            values.add(visible.parts().stream().map(Visible.Part::service).toArray(String[]::new));
            values.add(visible.parts().stream().map(Visible.Part::environment).toArray(String[]::new));
        }
        if (visible.people()) {
            any.add("NOT " + SOMEWHERE);
        }
        visible.self().ifPresent(self -> {
            any.add("NOT " + SOMEWHERE + " AND (e.actor = ? OR e.kind = 'person' AND e.object = ?)");
            values.addAll(List.of(self, self));
        });
        where.and("(" + String.join(" OR ", any) + ")", values.toArray());
    }

    private static void object(Where where, String object) {
        int slash = object.indexOf('/');
        if (slash > 0) {
            where.and(
                    "(e.object = ? OR e.kind = ? AND e.object = ?)",
                    object,
                    object.substring(0, slash),
                    object.substring(slash + 1));
        } else {
            where.and("e.object = ?", object);
        }
    }

    private static String beginning(String action) {
        return action.replaceAll("([\\\\%_])", "\\\\$1") + ".%";
    }

    private static void fill(Connection connection, PreparedStatement select, List<Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof Instant time) {
                select.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
            } else if (value instanceof String[] texts) {
                select.setArray(i + 1, connection.createArrayOf("text", texts));
            } else {
                select.setObject(i + 1, value);
            }
        }
    }
}
