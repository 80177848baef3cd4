package dev.switchback.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.platform.Notices;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HeartTest {

    /** A lease is short enough for ten beats a second. */
    private record Short(Duration lease) implements EngineConfig {
        @Override
        public Optional<String> instance() {
            return Optional.of("alpha");
        }

        @Override
        public Duration look() {
            return lease;
        }

        @Override
        public int runs() {
            return 1;
        }

        @Override
        public Duration drain() {
            return lease;
        }
    }

    private static EngineDatabase there;

    @BeforeAll
    static void start() throws Exception {
        there = new EngineDatabase();
    }

    @AfterAll
    static void close() {
        there.close();
    }

    /** As Quarkus makes it for the engine, with room for the heart and one more. */
    private static AgroalDataSource poolOfTwo() throws Exception {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(2)
                        .acquisitionTimeout(Duration.ofSeconds(2))
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(connections -> connections
                                .jdbcUrl(there.database.getUrl() + "&ApplicationName=heart")
                                .principal(new NamePrincipal(there.database.getUser()))
                                .credential(new SimplePassword(there.database.getPassword())))));
    }

    @Test
    void an_outage_of_the_database_costs_no_connection_of_the_pool() throws Exception {
        var heart = new Heart();
        heart.config = new Short(Duration.ofMillis(1200));
        heart.notices = Notices.none();
        Instance here = Instance.here("alpha", "1");
        there.presence.claim(here, heart.config.lease());
        try (AgroalDataSource pool = poolOfTwo()) {
            heart.database = pool;
            heart.start(here);
            for (int outage = 0; outage < 3; outage++) {
                breaksAndBeatsAgain();
            }
            try (Connection free = pool.getConnection()) {
                assertThat(free.isValid(1)).isTrue();
            }
            heart.stop();
        }
    }

    private static void breaksAndBeatsAgain() throws Exception {
        String before = there.text("SELECT heard_at FROM instance");
        assertThat(there.number("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE application_name = 'heart'"))
                .isPositive();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> there.text("SELECT heard_at > '" + before
                                + "'::timestamptz + interval '300 milliseconds' FROM instance")
                        .equals("t"));
    }

    @Test
    void an_instance_knows_whether_another_one_is_there_to_be_told() throws Exception {
        Instance one = Instance.here("one", "1");
        there.execute("DELETE FROM instance");
        there.presence.claim(one, Duration.ofSeconds(1));
        try (Connection connection = there.database.getConnection()) {
            assertThat(Presence.beat(connection, one, false).orElseThrow().alone())
                    .isTrue();

            there.presence.claim(Instance.here("two", "1"), Duration.ofSeconds(1));
            assertThat(Presence.beat(connection, one, false).orElseThrow().alone())
                    .isFalse();

            there.execute("UPDATE instance SET heard_at = now() - interval '2 minutes' WHERE name = 'two'");
            assertThat(Presence.beat(connection, one, false).orElseThrow().alone())
                    .isTrue();
        }
    }
}
