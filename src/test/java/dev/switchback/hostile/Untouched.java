package dev.switchback.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.core.ConditionTimeoutException;

/** The database before something hostile came, to be compared with how it is afterwards. */
record Untouched(DataSource database, Map<String, String> rows, long deeds) {

    private static final String UNDER_WAY = "SELECT count(*) FROM run WHERE state IN ('running', 'rolling-back')"
            + " OR state = 'queued' AND coalesce(start_at, created_at) <= now()";

    /** One that does not end, such as a long sleep of a step, writes nothing either: nobody waits for it twice. */
    private static boolean waitedInVain;

    /** Waits for what other tests have started: a run that goes on writes by itself. */
    static Untouched before(DataSource database) throws SQLException {
        if (!waitedInVain) {
            try {
                await().atMost(Duration.ofSeconds(30))
                        .pollDelay(Duration.ZERO)
                        .until(() -> Rows.count(database, UNDER_WAY) == 0);
            } catch (ConditionTimeoutException e) {
                waitedInVain = true;
            }
        }
        return new Untouched(database, Rows.of(database), Rows.deeds(database));
    }

    /** Nothing was added, removed or written, and the trail knows of no deed. */
    void isStill(String after) throws SQLException {
        assertThat(Rows.of(database)).as(after).isEqualTo(rows);
        assertThat(Rows.deeds(database)).as("deeds after " + after).isEqualTo(deeds);
    }
}
