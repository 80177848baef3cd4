package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.platform.DatabaseWatch;
import dev.switchback.platform.LocalPostgres;
import dev.switchback.platform.Notices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on one database, whose feeds never look around by themselves: what arrives, arrives by notice. */
class RunFeedTest {

    @TempDir
    static Path data;

    private static LocalPostgres postgres;

    private final List<Notices> started = new ArrayList<>();
    private final AtomicInteger news = new AtomicInteger();

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.start(data);
    }

    @AfterAll
    static void stop() {
        postgres.stop();
    }

    @AfterEach
    void stopNotices() {
        started.forEach(Notices::stop);
    }

    private RunFeed instance() {
        var connected = new AtomicInteger();
        var notices = new Notices(
                postgres.jdbcUrl("postgres"),
                postgres.user(),
                postgres.password(),
                new DatabaseWatch(InstantSource.system()));
        var feed = new RunFeed(notices, null);
        feed.listenToOthers();
        feed.onChange(RunFeed.EVERY_RUN, connected::incrementAndGet);
        started.add(notices);
        notices.start();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(connected).hasPositiveValue());
        return feed;
    }

    private void arrives(int times) {
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(() -> assertThat(news).hasValue(times));
    }

    @Test
    void who_watches_a_run_on_another_instance_hears_of_its_lines_and_changes() {
        RunFeed alpha = instance();
        RunFeed beta = instance();
        beta.onChange(17, news::incrementAndGet);

        alpha.linesStored(17);
        arrives(1);
        alpha.changed(17);
        arrives(2);
        alpha.changed(18);
        alpha.linesStored(17);
        arrives(3);
    }

    @Test
    void who_looks_for_due_runs_hears_of_every_change_on_another_instance_and_of_no_line() {
        RunFeed alpha = instance();
        RunFeed beta = instance();
        beta.onChange(RunFeed.EVERY_RUN, news::incrementAndGet);

        alpha.linesStored(17);
        alpha.changed(18);
        arrives(1);
    }

    @Test
    void its_own_news_are_heard_once() {
        RunFeed alpha = instance();
        RunFeed beta = instance();
        alpha.onChange(17, news::incrementAndGet);

        alpha.linesStored(17);
        assertThat(news).hasValue(1);
        beta.linesStored(17);
        arrives(2);
    }
}
