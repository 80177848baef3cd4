package dev.switchback.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.RunsDatabase;
import org.junit.jupiter.api.Test;

class RowsTest {

    @Test
    void what_switchback_sweeps_away_by_itself_is_not_taken_for_a_deed_of_somebody() throws Exception {
        try (var database = new RunsDatabase()) {
            database.execute("UPDATE migration SET title = title || '!'");
            var before = Rows.of(database.database);

            database.execute("DELETE FROM list_change");
            assertThat(Rows.of(database.database)).isEqualTo(before);

            database.execute("UPDATE migration SET title = title WHERE id = (SELECT min(id) FROM migration)");
            assertThat(Rows.of(database.database)).isNotEqualTo(before);
        }
    }
}
