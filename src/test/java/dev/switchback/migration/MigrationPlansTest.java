package dev.switchback.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.FullDatabase;
import dev.switchback.migration.MigrationQuery.Asked;
import dev.switchback.migration.MigrationStatements.Few;
import dev.switchback.migration.Migrations.Cursor;
import dev.switchback.platform.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With 20,000 migrations, no statement of the list looks at more rows than it would with any number of them. */
class MigrationPlansTest {

    /** A walk looks at a thousand and checks each; a few are a thousand, found, fetched and looked up again. */
    private static final long A_PAGE = 4 * MigrationStatements.LOOK;

    /** Seven states, each up to a thousand; once more when the archived are counted, too. */
    private static final long COUNTS = 7 * (MigrationStatements.COUNT + 1);

    private static FullDatabase database;

    @BeforeAll
    static void fill() throws Exception {
        database = FullDatabase.start();
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    /** In the order of the parameters: text, service, owner, state, environment, needsReview, archived. */
    private static MigrationQuery query(
            String q, String service, String owner, String state, String environment, String review, String archived) {
        return MigrationQuery.of(new Asked(q, service, owner, state, environment, review, archived));
    }

    private static MigrationStatements statements(MigrationQuery query) {
        return new MigrationStatements(
                query, query.text().map(text -> SearchWords.asked(text).query()).orElse(""));
    }

    /** As {@link FindMigrations} decides. */
    private static Few few(MigrationQuery query, MigrationStatements statements) throws Exception {
        if (query.text().isPresent() && believed(statements) <= MigrationStatements.FEW) {
            database.planOf(statements.holdingWords()).looksAtNoMoreThan(A_PAGE);
            statements.foundWords(database.numbers(statements.holdingWords()));
            return Few.TEXT;
        }
        if (query.environment().isPresent()
                && Long.parseLong(database.first(statements.ranThere())) <= MigrationStatements.FEW) {
            return Few.ENVIRONMENT;
        }
        return query.needsReview().orElse(false)
                        && Long.parseLong(database.first(statements.toReview())) <= MigrationStatements.FEW
                ? Few.REVIEW
                : Few.NONE;
    }

    private static long believed(MigrationStatements statements) throws Exception {
        return FindMigrations.rowsOf(database.first(statements.believedToHoldWords()));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        -,      -,     -,       -,         -,     -,     -
        -,      -,     -,       -,         -,     -,     true
        -,      -,     -,       -,         -,     -,     all
        -,      -,     -,       draft,     -,     -,     -
        -,      -,     -,       done,      -,     -,     -
        -,      -,     -,       open,      -,     -,     -
        -,      -,     -,       open,      -,     -,     all
        -,      svc-3, -,       -,         -,     -,     -
        -,      svc-3, -,       done,      -,     -,     -
        -,      svc-3, -,       open,      -,     -,     all
        -,      -,     team-13, -,         -,     -,     -
        -,      -,     team-13, live,      -,     -,     -
        -,      svc-3, team-13, -,         -,     -,     -
        -,      svc-3, team-13, done,      -,     -,     all
        -,      svc-3, nobody,  -,         -,     -,     -
        -,      nope,  -,       -,         -,     -,     -
        -,      -,     -,       -,         -,     true,  -
        -,      -,     -,       -,         -,     false, -
        -,      -,     -,       draft,     -,     true,  -
        -,      svc-0, team-0,  -,         -,     true,  all
        -,      -,     -,       -,         env-1, -,     -
        -,      -,     -,       -,         env-4, -,     -
        -,      -,     -,       -,         env-5, -,     -
        -,      -,     -,       -,         nope,  -,     -
        -,      svc-3, -,       done,      env-1, -,     all
        -,      svc-3, -,       done,      env-4, -,     -
        common, -,     -,       -,         -,     -,     -
        common, svc-3, team-13, done,      env-1, false, all
        common, -,     -,       open,      -,     -,     -
        comm,   -,     -,       -,         -,     -,     true
        tenth,  -,     -,       -,         -,     -,     -
        tenth,  -,     -,       draft,     env-4, -,     -
        hundredth, -,  -,       -,         -,     -,     -
        hundredth, -,  -,       open,      -,     -,     all
        rare77, -,     -,       -,         -,     -,     -
        rare,   -,     -,       -,         -,     -,     -
        common rare77, -, -,    -,         -,     -,     -
        even odd, -,   -,       -,         -,     -,     -
        even odd, svc-3, -,     draft,     -,     -,     -
        nowhere, -,    -,       -,         -,     -,     -
        """)
    void every_page_and_every_count_is_bounded(
            String q, String service, String owner, String state, String environment, String review, String archived)
            throws Exception {
        MigrationQuery query = query(q, service, owner, state, environment, review, archived);
        MigrationStatements statements = statements(query);
        Few few = few(query, statements);
        Cursor middle = new Cursor(Instant.now().minus(9000, ChronoUnit.MINUTES), 9000);
        for (Cursor after : List.of(Cursor.START, middle)) {
            database.planOf(statements.page(few, after, 51)).looksAtNoMoreThan(A_PAGE);
            if (few == Few.NONE && statements.walksInVain()) {
                database.planOf(statements.lookedUpTo(after)).looksAtNoMoreThan(A_PAGE);
            }
        }
        database.planOf(statements.counts(few))
                .looksAtNoMoreThan(COUNTS * query.archived().marks().size());
    }

    @Test
    void a_page_without_a_search_looks_at_the_rows_that_it_shows() throws Exception {
        for (MigrationQuery query : List.of(
                MigrationQuery.ANY,
                query(null, "svc-3", null, "done", null, null, null),
                query(null, "svc-3", "team-13", null, null, null, null))) {
            assertThat(database.planOf(statements(query).page(Few.NONE, Cursor.START, 51))
                            .rowsVisited())
                    .isLessThanOrEqualTo(51);
        }
    }

    @Test
    void what_decides_how_to_search_is_bounded_too() throws Exception {
        MigrationStatements statements = statements(query("common", null, null, null, "env-1", "true", "all"));
        database.planOf(statements.ranThere()).looksAtNoMoreThan(MigrationStatements.FEW + 10);
        database.planOf(statements.toReview()).looksAtNoMoreThan(MigrationStatements.FEW + 1);
        assertThat(statements.believedToHoldWords().sql()).startsWith("EXPLAIN (FORMAT JSON)");
        assertThat(believed(statements)).isGreaterThan(15_000);
        assertThat(believed(statements(query("rare77", null, null, null, null, null, null))))
                .isLessThanOrEqualTo(MigrationStatements.FEW);
    }

    @Test
    void the_choices_jump_from_one_to_the_next() throws Exception {
        database.planOf(MigrationStatements.services()).looksAtNoMoreThan(100);
        database.planOf(MigrationStatements.owners()).looksAtNoMoreThan(3 * 26);
    }

    @Test
    void where_a_search_hit_is_read_for_the_rows_of_the_page_only() throws Exception {
        List<Long> ids = LongStream.rangeClosed(101, 150).boxed().toList();
        String sql = SearchHits.statement(ids)
                .sql()
                .replace(":migrations", ids.toString().replaceAll("[\\[\\]]", ""));
        database.planOf(new Statement(sql, Map.of())).looksAtNoMoreThan(200);
    }
}
