package dev.switchback.run;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * News of a run as a stream, without a thread per reader: each signal of the feed makes a worker read what lies behind
 * the reader's position. Nothing is missed and nothing sent twice, because the position, not the signal, says what is
 * new.
 *
 * @param <P> how a position is told
 * @param <T> what is sent
 */
final class NewsStream<P, T> {

    /**
     * What lies behind a position.
     *
     * @param items in order
     * @param position behind the last of them
     * @param end whether nothing will ever follow
     */
    record Batch<P, T>(List<T> items, P position, boolean end) {}

    /** Reads what is new. Called on a worker, never twice at once. */
    interface Reader<P, T> {
        Batch<P, T> after(P position);
    }

    private final Reader<P, T> reader;
    private final ExecutorService workers;
    private final MultiEmitter<? super T> out;
    private final AtomicInteger signals = new AtomicInteger();
    private P position;

    private NewsStream(Reader<P, T> reader, ExecutorService workers, MultiEmitter<? super T> out, P start) {
        this.reader = reader;
        this.workers = workers;
        this.out = out;
        this.position = start;
    }

    /** The stream behind this position; ends when the reader says so or whoever listens leaves. */
    static <P, T> Multi<T> of(RunFeed feed, long runId, ExecutorService workers, Reader<P, T> reader, P start) {
        return Multi.createFrom().emitter(emitter -> {
            var stream = new NewsStream<>(reader, workers, emitter, start);
            RunFeed.Subscription subscription = feed.onChange(runId, stream::signal);
            emitter.onTermination(subscription::close);
            stream.signal();
        });
    }

    /** The stream with a sign of life mixed in; ends with either. */
    static <T> Multi<T> withHeartbeat(Multi<T> stream, Multi<T> heartbeat) {
        return Multi.createFrom().emitter(emitter -> {
            var beat = heartbeat.subscribe().with(emitter::emit, failure -> {}, emitter::complete);
            var main = stream.subscribe().with(emitter::emit, emitter::fail, emitter::complete);
            emitter.onTermination(() -> {
                beat.cancel();
                main.cancel();
            });
        });
    }

    private void signal() {
        if (signals.getAndIncrement() == 0) {
            workers.execute(this::pump);
        }
    }

    private void pump() {
        int seen;
        do {
            seen = signals.get();
            try {
                if (emitNews()) {
                    return;
                }
            } catch (RuntimeException e) {
                Log.errorf(e, "a stream of news broke off; the reader resumes with its last id");
                out.fail(e);
                return;
            }
        } while (signals.addAndGet(-seen) > 0);
    }

    private boolean emitNews() {
        Batch<P, T> batch = reader.after(position);
        batch.items().forEach(out::emit);
        position = batch.position();
        if (batch.end()) {
            out.complete();
        } else if (!batch.items().isEmpty()) {
            signals.incrementAndGet();
        }
        return batch.end();
    }
}
