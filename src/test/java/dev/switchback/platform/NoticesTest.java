package dev.switchback.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticesTest {

    @TempDir
    static Path data;

    private static LocalPostgres postgres;

    private final List<Instance> started = new ArrayList<>();

    /** What one instance hears. */
    private static final class Instance implements Notices.Listener {
        private final DatabaseWatch watch = new DatabaseWatch(InstantSource.system());
        private final Notices notices;
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final AtomicInteger connected = new AtomicInteger();

        private Instance() {
            notices = new Notices(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password(), watch);
            notices.listen(this);
            notices.start();
        }

        @Override
        public void heard(String notice) {
            heard.add(notice);
        }

        @Override
        public void missed() {
            connected.incrementAndGet();
        }
    }

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.start(data);
    }

    @AfterAll
    static void stop() {
        postgres.stop();
    }

    @AfterEach
    void stopInstances() {
        started.forEach(instance -> instance.notices.stop());
    }

    private Instance instance() {
        var instance = new Instance();
        started.add(instance);
        within(10, () -> assertThat(instance.connected).hasPositiveValue());
        return instance;
    }

    private static void within(int seconds, org.awaitility.core.ThrowingRunnable fact) {
        await().atMost(Duration.ofSeconds(seconds))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(fact);
    }

    @Test
    void what_one_instance_tells_the_others_hear_and_it_does_not_hear_itself() {
        Instance alpha = instance();
        Instance beta = instance();
        Instance gamma = instance();
        alpha.notices.tell("run 17");

        within(5, () -> assertThat(beta.heard).containsExactly("run 17"));
        within(5, () -> assertThat(gamma.heard).containsExactly("run 17"));
        beta.notices.tell("run 18");
        within(5, () -> assertThat(alpha.heard).containsExactly("run 18"));
    }

    @Test
    void everything_told_in_a_hurry_arrives_in_order_and_what_is_said_twice_at_once_arrives_once() {
        Instance alpha = instance();
        Instance beta = instance();
        List<String> told = IntStream.range(0, 2_000).mapToObj(i -> "run " + i).toList();
        told.forEach(alpha.notices::tell);
        alpha.notices.tell("run 1999");

        within(10, () -> assertThat(beta.heard).containsSubsequence("run 0", "run 1000", "run 1999"));
        assertThat(beta.heard).containsAll(told).hasSizeLessThanOrEqualTo(2_001);
    }

    @Test
    void who_lost_the_connection_opens_it_again_and_says_that_something_may_have_been_missed() throws SQLException {
        Instance alpha = instance();
        Instance beta = instance();
        int before = beta.connected.get();
        try (var connection = postgres.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name IN ('switchback tells', 'switchback listens')");
        }

        within(10, () -> assertThat(beta.connected).hasValueGreaterThan(before));
        within(10, () -> {
            alpha.notices.tell("run 5");
            assertThat(beta.heard).contains("run 5");
        });
        assertThat(beta.watch.awaySince()).isEmpty();
    }
}
