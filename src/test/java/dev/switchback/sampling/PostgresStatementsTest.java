package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Target;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresStatementsTest {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static Target target(String database) {
        return new Target(
                "db",
                "jdbc",
                Samples.json("{url: \"" + postgres.getJdbcUrl("postgres", database) + "\", user: postgres}"));
    }

    private static void execute(String database, String... statements) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static PostgresStatements open(String database) {
        return PostgresStatements.open(target(database), name -> Optional.empty());
    }

    @Test
    void counts_what_others_call_and_never_itself() throws Exception {
        execute("postgres", "CREATE EXTENSION IF NOT EXISTS pg_stat_statements", "CREATE DATABASE other");
        try (var source = open("postgres")) {
            var before = source.now();
            execute("postgres", "SELECT 'shoes', 1", "SELECT 'hats', 2", "SELECT 'tents', 3");
            execute("other", "SELECT 'elsewhere', 4");
            source.now();
            source.now();
            var after = source.now();
            var count = new CountStatements(source.database());
            count.block(0, 1, before, after);
            StatementCounts counts = count.counts();
            assertThat(counts.database()).isEqualTo("postgres");
            assertThat(counts.statements())
                    .filteredOn(row -> row.text().equals("SELECT $1, $2"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.calls()).isEqualTo(3));
            assertThat(counts.statements()).noneMatch(row -> row.text().contains("pg_stat_statements"));
            assertThat(counts.statsResetBefore()).isNotBlank().isEqualTo(counts.statsResetAfter());
            assertThat(counts.deallocBefore()).isZero();
        }
    }

    @Test
    void a_reset_meanwhile_leaves_no_number() throws Exception {
        execute("postgres", "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        try (var source = open("postgres")) {
            var before = source.now();
            execute("postgres", "SELECT pg_stat_statements_reset()");
            var after = source.now();
            assertThatThrownBy(() -> new CountStatements("postgres").block(0, 1, before, after))
                    .isInstanceOf(CouldNotAskException.class)
                    .hasMessageContaining("were reset");
        }
    }

    @Test
    void a_database_without_the_extension_is_told_with_the_words_how_to_switch_it_on() {
        assertThatThrownBy(() -> open("template1")).isInstanceOfSatisfying(CouldNotAskException.class, cannot -> {
            assertThat(cannot).hasMessageContaining("does not count statements");
            assertThat(cannot.expected()).contains("shared_preload_libraries", "CREATE EXTENSION pg_stat_statements");
        });
    }

    @Test
    void a_database_that_is_not_there_is_told_as_such() {
        assertThatThrownBy(() -> open("nowhere"))
                .isInstanceOf(CouldNotAskException.class)
                .hasMessageContaining("nowhere");
    }
}
