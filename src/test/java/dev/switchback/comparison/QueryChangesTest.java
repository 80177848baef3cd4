package dev.switchback.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.platform.Json;
import org.junit.jupiter.api.Test;

/** Which statements are new, gone, or called more often. */
class QueryChangesTest {

    private static final String ROW = "{\"text\": \"%s\", \"calls\": %d, \"idleCalls\": %d}";

    private static com.fasterxml.jackson.databind.JsonNode counters(String... rows) {
        return Json.object("{\"requests\": 100, \"statements\": [" + String.join(",", rows) + "]}");
    }

    @Test
    void names_the_new_first_then_the_gone_then_the_more_frequent() {
        QueryChanges changes = QueryChanges.of(
                "db-calls",
                counters(ROW.formatted("old", 100, 0), ROW.formatted("same", 300, 0), ROW.formatted("some", 100, 0)),
                counters(ROW.formatted("new", 100, 0), ROW.formatted("same", 302, 0), ROW.formatted("some", 200, 0)));

        assertThat(changes.title()).isEqualTo("1 new, 1 gone, 1 more often, 1 as before");
        assertThat(changes.rows()).extracting(QueryChanges.Row::text).containsExactly("new", "old", "some");
        assertThat(changes.rows().get(2).before()).isEqualTo("1");
        assertThat(changes.rows().get(2).after()).isEqualTo("2");
    }

    @Test
    void takes_away_what_goes_on_without_us() {
        QueryChanges changes =
                QueryChanges.of("db-calls", counters(), counters(ROW.formatted("SELECT 1 of a health check", 50, 50)));

        assertThat(changes.rows()).isEmpty();
    }
}
