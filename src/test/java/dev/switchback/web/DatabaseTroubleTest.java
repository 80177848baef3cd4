package dev.switchback.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.problem.Problem;
import dev.switchback.web.DatabaseTrouble.Kind;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTroubleTest {

    @ParameterizedTest
    @CsvSource({
        "08006, AWAY",
        "08001, AWAY",
        "57P01, AWAY",
        "57P03, AWAY",
        "58030, AWAY",
        "53300, BUSY",
        "25006, READ_ONLY",
        "53100, FULL",
        "40P01, COLLISION",
        "55P03, COLLISION"
    })
    void is_known_by_what_the_database_says_however_deep(String state, Kind kind) {
        var failure = new IllegalStateException("outer", new RuntimeException(new SQLException("inner", state)));

        assertThat(DatabaseTrouble.of(failure)).contains(new DatabaseTrouble(kind, false));
    }

    @Test
    void a_pool_without_a_free_connection_means_that_the_server_is_busy() {
        var failure = new RuntimeException(new SQLException("Sorry, acquisition timeout!"));

        assertThat(DatabaseTrouble.of(failure)).contains(new DatabaseTrouble(Kind.BUSY, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22021", "42601"})
    void a_statement_that_is_refused_is_no_trouble_of_the_database(String state) {
        assertThat(DatabaseTrouble.of(new SQLException("refused", state))).isEmpty();
    }

    @Test
    void what_is_no_failure_of_the_database_is_none() {
        assertThat(DatabaseTrouble.of(new IllegalStateException("other"))).isEmpty();
        assertThat(DatabaseTrouble.of(new SQLException("no state"))).isEmpty();
    }

    @Test
    void says_whether_something_was_saved_and_whether_it_can_be_sent_again() {
        Problem looked = new DatabaseTrouble(Kind.AWAY, false).problem(false);
        Problem saved = new DatabaseTrouble(Kind.AWAY, false).problem(true);
        Problem unsure = new DatabaseTrouble(Kind.AWAY, true).problem(true);

        assertThat(looked.status()).isEqualTo(503);
        assertThat(looked.retrySafe()).isTrue();
        assertThat(saved.detail()).isEqualTo("Switchback cannot reach its database. Nothing was saved");
        assertThat(saved.retrySafe()).isTrue();
        assertThat(unsure.detail()).contains("nobody knows whether it was");
        assertThat(unsure.retrySafe()).isFalse();
    }
}
