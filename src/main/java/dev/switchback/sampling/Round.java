package dev.switchback.sampling;

import dev.switchback.step.CouldNotAskException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The requests of one block, their moments and what came of them.
 *
 * @param block which block
 * @param requests what is sent, in order
 * @param moments of each, of {@link System#nanoTime()}
 * @param before what has to be done before each request
 * @param leadNanos how long before its moment that begins
 * @param answers filled by the workers; null where none came
 * @param open one count for each request
 */
record Round(
        int block,
        List<InputRequest> requests,
        long[] moments,
        Before before,
        long leadNanos,
        Taken[] answers,
        CountDownLatch open) {

    /** Does something before a request, for example makes the caches cold for it. */
    interface Before {

        Before NOTHING = request -> {};

        /** @throws CouldNotAskException when it cannot be done; the metric ends then */
        void request(InputRequest request);
    }

    static Round of(int block, List<InputRequest> requests, long[] moments, Before before, long leadNanos) {
        int size = requests.size();
        return new Round(block, requests, moments, before, leadNanos, new Taken[size], new CountDownLatch(size));
    }

    int size() {
        return requests.size();
    }

    void answered(Taken answer) {
        answers[answer.seq()] = answer;
        open.countDown();
    }

    /** Waits for the end at most so long; says whether it is there. */
    boolean isOver(long millis) throws InterruptedException {
        return open.await(millis, TimeUnit.MILLISECONDS);
    }

    int answered() {
        return size() - (int) open.getCount();
    }

    /** What came, in order. */
    List<Taken> taken() {
        return Stream.of(answers).filter(Objects::nonNull).toList();
    }
}
