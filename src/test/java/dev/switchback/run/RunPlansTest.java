package dev.switchback.run;

import dev.switchback.FullDatabase;
import dev.switchback.access.Seen;
import dev.switchback.platform.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With 40,000 runs, no statement of a list of runs looks at more rows than it would with any number of them. */
class RunPlansTest {

    private static FullDatabase database;

    @BeforeAll
    static void fill() throws Exception {
        database = FullDatabase.start();
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        -,         -,     -,     -
        succeeded, -,     -,     -
        running,   -,     -,     -
        -,         env-1, -,     -
        -,         env-4, -,     -
        -,         env-5, -,     -
        -,         nope,  -,     -
        -,         -,     svc-3, -
        -,         -,     nope,  -
        failed,    env-4, -,     -
        failed,    env-2, -,     -
        -,         env-4, svc-3, -
        failed,    -,     svc-3, -
        succeeded, env-4, svc-3, -
        -,         -,     -,     mig-77
        failed,    env-1, -,     mig-77
        """)
    void every_page_and_every_count_is_bounded(String state, String environment, String service, String migration)
            throws Exception {
        var query = new RunQuery(
                Optional.ofNullable(state).map(RunState::of),
                Optional.ofNullable(environment),
                Optional.ofNullable(service),
                Optional.ofNullable(migration));
        database.planOf(RunStatements.page(query, Long.MAX_VALUE, 51)).looksAtNoMoreThan(60);
        database.planOf(RunStatements.page(query, 20_000, 51)).looksAtNoMoreThan(60);
        database.planOf(RunStatements.rows(query, Long.MAX_VALUE, 51)).looksAtNoMoreThan(60 + 51 * 15);
        database.planOf(RunStatements.counts(query)).looksAtNoMoreThan(5 * (RunStatements.COUNT + 1) + 20);
    }

    @Test
    void the_latest_run_of_each_row_is_fetched_straight() throws Exception {
        String ids = LatestRuns.list(LongStream.rangeClosed(101, 150).boxed().toList());
        database.planOf(new Statement(LatestRuns.statement(Seen.ALL), Map.of("migrations", ids)))
                .looksAtNoMoreThan(1000);
    }

    @Test
    void what_steps_usually_take_is_read_from_the_latest_runs_only() throws Exception {
        String ids = LatestRuns.list(LongStream.rangeClosed(101, 105).boxed().toList());
        database.planOf(PastTimes.statement(ids, Long.MAX_VALUE, Seen.ALL)).looksAtNoMoreThan(100);
    }
}
