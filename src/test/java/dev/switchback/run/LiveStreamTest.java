package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.platform.DatabaseWatch;
import io.vertx.core.Vertx;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveStreamTest {

    private final Vertx vertx = Vertx.vertx();
    private final RunFeed feed = new RunFeed();
    private final ScriptedNews news = new ScriptedNews();
    private final ScriptedWatch watch = new ScriptedWatch();
    private final Browser browser = new Browser();
    private volatile boolean allowed = true;

    /** A run whose events are counted by hand. */
    static class ScriptedNews extends LiveNews {
        volatile int events;
        volatile boolean over;
        final AtomicInteger looks = new AtomicInteger();

        @Override
        News since(long runId, LivePlace place) {
            looks.incrementAndGet();
            int now = events;
            return new News(new LivePlace(now, place.line()), now > place.event(), List.of(), over);
        }

        @Override
        Optional<String> driver(long runId) {
            return Optional.of("alpha, heard 1 s ago");
        }
    }

    /** A database that goes away by hand. */
    static class ScriptedWatch extends DatabaseWatch {
        volatile boolean away;

        ScriptedWatch() {
            super(InstantSource.system());
        }

        @Override
        public Optional<Instant> awaySince() {
            return away ? Optional.of(Instant.EPOCH) : Optional.empty();
        }
    }

    /** Takes what it asked for, and remembers it. */
    static class Browser implements Subscriber<OutboundSseEvent> {
        final List<String> got = new CopyOnWriteArrayList<>();
        volatile Subscription stream;
        volatile boolean completed;

        @Override
        public void onSubscribe(Subscription subscription) {
            stream = subscription;
        }

        @Override
        public void onNext(OutboundSseEvent event) {
            got.add(event.getName() + (event.getId() == null ? "" : " " + event.getId()));
        }

        @Override
        public void onError(Throwable e) {
            got.add("error " + e);
        }

        @Override
        public void onComplete() {
            completed = true;
        }
    }

    private void open(LivePlace from) {
        var source = new LiveStream.Source(
                1, news, feed, watch, vertx, Runnable::run, InstantSource.system(), () -> allowed);
        LiveStream.open(source, from, new SseImpl(), browser);
    }

    @AfterEach
    void nothing_is_left() {
        browser.stream.cancel();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void says_at_once_that_the_server_is_there() {
        open(new LivePlace(0, 0));
        browser.stream.request(1);

        assertThat(browser.got).containsExactly("beat");
    }

    @Test
    void tells_each_change_once() {
        open(new LivePlace(3, 0));
        browser.stream.request(100);
        news.events = 4;
        feed.changed(1);
        feed.changed(1);

        assertThat(browser.got).containsExactly("beat", "changed 4.0");
    }

    @Test
    void sends_nothing_that_was_not_asked_for() {
        open(new LivePlace(0, 0));
        news.events = 9;
        feed.changed(1);
        assertThat(browser.got).isEmpty();

        browser.stream.request(2);
        assertThat(browser.got).containsExactly("beat", "changed 9.0");
    }

    @Test
    void ends_with_the_run() {
        news.events = 2;
        news.over = true;
        open(new LivePlace(0, 0));
        browser.stream.request(100);

        assertThat(browser.got).containsExactly("beat", "changed 2.0", "end 2.0");
        assertThat(browser.completed).isTrue();
    }

    @Test
    void looks_no_more_when_the_page_is_closed() {
        open(new LivePlace(0, 0));
        browser.stream.request(100);
        browser.stream.cancel();
        int before = news.looks.get();
        feed.changed(1);

        assertThat(news.looks).hasValue(before);
    }

    @Test
    void says_once_that_the_database_is_away_asks_it_nothing_and_says_when_it_is_back() {
        open(new LivePlace(0, 0));
        browser.stream.request(100);
        int before = news.looks.get();
        watch.away = true;
        news.events = 1;
        feed.changed(1);
        feed.changed(1);

        assertThat(browser.got).containsExactly("beat", "away");
        assertThat(news.looks).hasValue(before);

        watch.away = false;
        feed.changed(1);
        feed.changed(1);
        assertThat(browser.got).containsExactly("beat", "away", "changed 1.0");

        watch.away = true;
        feed.changed(1);
        watch.away = false;
        feed.changed(1);
        assertThat(browser.got).containsExactly("beat", "away", "changed 1.0", "away", "beat", "driver");
    }

    @Test
    void ends_when_its_reader_may_not_read_any_more() {
        open(new LivePlace(0, 0));
        browser.stream.request(100);
        allowed = false;
        news.events = 1;

        await().atMost(Duration.ofSeconds(7)).until(() -> browser.completed);
        assertThat(browser.got).containsExactly("beat");
    }

    @Test
    void goes_on_from_a_worker_to_the_next_change() {
        open(new LivePlace(0, 0));
        browser.stream.request(100);
        for (int i = 1; i <= 3; i++) {
            news.events = i;
            feed.changed(1);
        }

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() ->
                        assertThat(browser.got).containsExactly("beat", "changed 1.0", "changed 2.0", "changed 3.0"));
    }
}
