package dev.switchback.run;

import dev.switchback.platform.DatabaseWatch;
import io.quarkus.logging.Log;
import io.vertx.core.Vertx;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The stream of one open page. It parks no thread: a worker runs only when there is news and the browser has taken what
 * was sent before, so a slow browser costs no memory. Safe for use by several threads.
 */
final class LiveStream implements Subscription {

    private static final long BEAT_MS = 5_000;

    /** Where a stream gets its news from, what it runs on, and whether its reader may still read. */
    record Source(
            long runId,
            LiveNews news,
            RunFeed feed,
            DatabaseWatch watch,
            Vertx vertx,
            Executor workers,
            InstantSource clock,
            BooleanSupplier allowed) {}

    private final Source source;
    private final Sse sse;
    private final Subscriber<? super OutboundSseEvent> browser;
    private final Queue<OutboundSseEvent> ready = new ArrayDeque<>();
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean beatDue = new AtomicBoolean();
    private LivePlace place;
    private boolean wasAway;
    private RunFeed.Subscription listening;
    private long timer;

    private LiveStream(Source source, LivePlace from, Sse sse, Subscriber<? super OutboundSseEvent> browser) {
        this.source = source;
        this.place = from;
        this.sse = sse;
        this.browser = browser;
    }

    static void open(Source source, LivePlace from, Sse sse, Subscriber<? super OutboundSseEvent> browser) {
        var stream = new LiveStream(source, from, sse, browser);
        stream.ready.add(stream.beat());
        stream.listening = source.feed().onChange(source.runId(), stream::wake);
        stream.timer = source.vertx().setPeriodic(BEAT_MS, id -> stream.dueForBeat());
        browser.onSubscribe(stream);
    }

    @Override
    public void request(long n) {
        wanted.updateAndGet(before -> Math.max(before, Math.min(before + n, Long.MAX_VALUE / 2)));
        wake();
    }

    @Override
    public void cancel() {
        if (closed.compareAndSet(false, true)) {
            listening.close();
            source.vertx().cancelTimer(timer);
        }
    }

    private void dueForBeat() {
        beatDue.set(true);
        wake();
    }

    /** Returns at once. However often it is called meanwhile, one worker at a time does the work. */
    private void wake() {
        if (!closed.get() && work.getAndIncrement() == 0) {
            source.workers().execute(this::workOff);
        }
    }

    private void workOff() {
        int seen;
        do {
            seen = work.get();
            try {
                send();
            } catch (RuntimeException e) {
                // The next look tries again; the browser notices by itself when no beat arrives.
                Log.debugf(e, "the live page of run %d could not be fed", source.runId());
            }
        } while (work.addAndGet(-seen) != 0);
    }

    private void send() {
        while (!closed.get() && wanted.get() > 0) {
            if (ready.isEmpty()) {
                look();
            }
            OutboundSseEvent next = ready.poll();
            if (next == null) {
                return;
            }
            wanted.decrementAndGet();
            browser.onNext(next);
            if (next.getName().equals("end")) {
                cancel();
                browser.onComplete();
            }
        }
    }

    /** Nobody waits for a database that is known not to answer; the browser is told, and again with each beat. */
    private void look() {
        Optional<Instant> away = source.watch().awaySince();
        if (away.isPresent()) {
            boolean due = beatDue.getAndSet(false);
            if (due || !wasAway) {
                ready.add(word("away", away.get().toString()));
            }
        } else {
            if (wasAway) {
                beatDue.set(true);
            }
            // Asked with the beat only, so that no line waits for the answer.
            if (beatDue.get() && !source.allowed().getAsBoolean()) {
                cancel();
                browser.onComplete();
                return;
            }
            lookForNews();
        }
        wasAway = away.isPresent();
    }

    private void lookForNews() {
        LiveNews.News news = source.news().since(source.runId(), place);
        // The lines do not speak of the event: who loses contact between the two messages gets both again, once.
        place = new LivePlace(place.event(), news.place().line());
        if (!news.rows().isEmpty()) {
            ready.add(message("log", RunLivePages.Templates.lines(news.rows()).render()));
        }
        place = news.place();
        if (news.changed()) {
            ready.add(message("changed", place.toString()));
        }
        if (news.isOver()) {
            ready.add(message("end", place.toString()));
        }
        if (beatDue.getAndSet(false) && ready.isEmpty()) {
            ready.add(beat());
            source.news().driver(source.runId()).ifPresent(words -> ready.add(word("driver", words)));
        }
    }

    private OutboundSseEvent message(String name, String data) {
        return sse.newEventBuilder().name(name).id(place.toString()).data(data).build();
    }

    private OutboundSseEvent beat() {
        return word("beat", source.clock().instant().toString());
    }

    /** A message without an id: where the browser stands does not change. */
    private OutboundSseEvent word(String name, String data) {
        return sse.newEventBuilder().name(name).reconnectDelay(2000).data(data).build();
    }
}
