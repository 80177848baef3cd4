package dev.switchback.step.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedSqlTest {

    @Test
    void names_become_bind_parameters_in_order() {
        NamedSql sql = NamedSql.of("UPDATE t SET a = :a, b = :b_2 WHERE a < :a");

        assertThat(sql.sql()).isEqualTo("UPDATE t SET a = ?, b = ? WHERE a < ?");
        assertThat(sql.names()).containsExactly("a", "b_2", "a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ':a'",
                "SELECT 'it''s :a'",
                "SELECT E'\\':a'",
                "SELECT \":a\"",
                "SELECT 1 -- :a",
                "SELECT 1 /* :a */",
                "SELECT 1 /* /* :a */ :b */",
                "DO $$ BEGIN :a END $$",
                "SELECT $x$ $$ :a $x$",
                "SELECT a::text",
                "SELECT f(a := 1)",
                "SELECT b[1:2]",
                "SELECT '?'",
                "SELECT ':a",
                "SELECT $$ :a"
            })
    void leaves_quotes_comments_dollars_and_casts_alone(String statement) {
        assertThat(NamedSql.of(statement).names()).isEmpty();
        assertThat(NamedSql.of(statement).sql()).isEqualTo(statement);
    }

    @Test
    void a_name_directly_before_a_cast_is_bound() {
        assertThat(NamedSql.of("SELECT :a::int").sql()).isEqualTo("SELECT ?::int");
    }

    @Test
    void a_question_mark_stays_an_operator() {
        assertThat(NamedSql.of("SELECT j ? 'k' AND j ?| :keys").sql()).isEqualTo("SELECT j ?? 'k' AND j ??| ?");
    }

    @Test
    void looks_at_words_outside_texts_and_comments_only() {
        assertThat(NamedSql.of("SELECT 'CONCURRENTLY' -- CONCURRENTLY").bare()).doesNotContain("CONCURRENTLY");
        assertThat(SqlPlan.of(new dev.switchback.step.Action(dev.switchback.step.Json.of(
                                "{statements: [\"CREATE INDEX CONCURRENTLY i ON t (a)\"]}")))
                        .transaction())
                .isFalse();
    }
}
