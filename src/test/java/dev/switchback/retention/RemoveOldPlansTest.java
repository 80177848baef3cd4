package dev.switchback.retention;

import dev.switchback.FullDatabase;
import dev.switchback.platform.Statement;
import dev.switchback.retention.RemoveOld.Records;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who sweeps looks at the runs that it takes, and at none of the 40,000 whose records are kept. */
class RemoveOldPlansTest {

    private static FullDatabase database;

    @BeforeAll
    static void fill() throws Exception {
        database = FullDatabase.start();
        database.execute("INSERT INTO run_probe (run_id, plan, state, began_at, over_at, tolerate)"
                + " SELECT id, '{}', 'over', now(), now(), 0 FROM run");
        database.execute("VACUUM ANALYZE run_probe");
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    private static void looksAtNoMoreThan(long rows, Records records, Duration kept) throws Exception {
        String sql = records.find.replace("?", ":kept");
        database.planOf(new Statement(sql, Map.of("kept", (double) kept.toSeconds())))
                .looksAtNoMoreThan(rows);
    }

    @ParameterizedTest
    @EnumSource
    void looks_at_no_run_when_all_are_kept(Records records) throws Exception {
        looksAtNoMoreThan(0, records, Duration.ofDays(90));
    }

    @ParameterizedTest
    @EnumSource
    void looks_at_the_oldest_few_when_all_are_to_go(Records records) throws Exception {
        looksAtNoMoreThan(50, records, Duration.ZERO);
    }
}
