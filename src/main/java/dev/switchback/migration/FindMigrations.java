package dev.switchback.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.switchback.migration.MigrationStatements.Few;
import dev.switchback.migration.Migrations.Cursor;
import dev.switchback.platform.Json;
import dev.switchback.platform.Statement;
import dev.switchback.web.Count;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds migrations. How much it reads does not depend on how many there are. Needs a transaction or a request. */
@ApplicationScoped
public class FindMigrations {

    @Inject
    EntityManager entities;

    /**
     * A page of what was found.
     *
     * @param items the migrations, the last changed first
     * @param next where to go on; empty on the last page
     * @param ended whether it ended before the page was full, because it had looked at enough rows for one page
     */
    public record Found(List<Migration> items, Optional<Cursor> next, boolean ended) {}

    /** A question that was understood: how it is best answered was found out once, for the rows and for the counts. */
    public final class Answer {

        private final boolean nothing;
        private final MigrationStatements statements;
        private final Few few;

        private Answer(MigrationQuery query) {
            String words =
                    query.text().map(text -> SearchWords.asked(text).query()).orElse("");
            this.nothing = query.text().isPresent() && words.isEmpty();
            this.statements = new MigrationStatements(query, words);
            this.few = nothing ? Few.NONE : few(query);
        }

        private Few few(MigrationQuery query) {
            if (query.text().isPresent() && believed(statements.believedToHoldWords()) <= MigrationStatements.FEW) {
                statements.foundWords(ids(statements.holdingWords()));
                return Few.TEXT;
            }
            if (query.environment().isPresent() && count(statements.ranThere()) <= MigrationStatements.FEW) {
                return Few.ENVIRONMENT;
            }
            return query.needsReview().orElse(false) && count(statements.toReview()) <= MigrationStatements.FEW
                    ? Few.REVIEW
                    : Few.NONE;
        }

        /** A page. */
        @SuppressWarnings("unchecked")
        public Found page(Cursor after, int limit) {
            if (nothing) {
                return new Found(List.of(), Optional.empty(), false);
            }
            List<Migration> rows = statements
                    .page(few, after, limit + 1)
                    .in(entities, Migration.class)
                    .getResultList();
            if (rows.size() > limit) {
                return new Found(rows.subList(0, limit), Optional.of(Cursor.of(rows.get(limit - 1))), false);
            }
            Optional<Cursor> end = few == Few.NONE && statements.walksInVain() ? lookedUpTo(after) : Optional.empty();
            return new Found(rows, end, end.isPresent());
        }

        @SuppressWarnings("unchecked")
        private Optional<Cursor> lookedUpTo(Cursor after) {
            return ((List<Object[]>) statements
                            .lookedUpTo(after)
                            .in(entities, Object[].class)
                            .getResultList())
                    .stream().findFirst().map(row -> new Cursor((Instant) row[0], (Long) row[1]));
        }

        /** How many fit in each state, whatever state was asked for; states without any are left out. */
        @SuppressWarnings("unchecked")
        public Map<MigrationState, Count> counts() {
            var counts = new EnumMap<MigrationState, Count>(MigrationState.class);
            if (nothing) {
                return counts;
            }
            List<Object[]> rows =
                    statements.counts(few).in(entities, Object[].class).getResultList();
            long looked = rows.stream()
                    .mapToLong(row -> ((Number) row[2]).longValue())
                    .sum();
            rows.forEach(row -> counts.put(
                    MigrationState.of((String) row[0]),
                    Count.upTo(
                            MigrationStatements.COUNT,
                            ((Number) row[1]).longValue(),
                            looked >= MigrationStatements.LOOK_TO_COUNT)));
            counts.values().removeIf(Count.NONE::equals);
            return counts;
        }
    }

    /** Understands a question. */
    public Answer to(MigrationQuery query) {
        return new Answer(query);
    }

    @SuppressWarnings("unchecked")
    private List<Long> ids(Statement statement) {
        return statement.in(entities).getResultList();
    }

    private long count(Statement statement) {
        return ((Number) statement.in(entities).getSingleResult()).longValue();
    }

    private long believed(Statement explain) {
        return rowsOf(String.valueOf(explain.in(entities).getSingleResult()));
    }

    /** How many rows a plan expects, which PostgreSQL has written as JSON. */
    static long rowsOf(String plan) {
        try {
            return Json.parse(plan).path(0).path("Plan").path("Plan Rows").asLong();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan that is no JSON", e);
        }
    }
}
