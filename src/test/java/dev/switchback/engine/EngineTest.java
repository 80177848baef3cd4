package dev.switchback.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EngineTest {

    @Test
    void looks_for_the_next_run_when_the_slot_counts_as_free_and_not_before() throws InterruptedException {
        var scheduler = new AtomicReference<Executor>();
        var takenWhenLooking = new LinkedBlockingQueue<Integer>();
        ExecutorService drivers =
                Engine.drivers(1, () -> takenWhenLooking.add(scheduler.get().getNumberInQueueOrProcessing()));
        scheduler.set(new Executor(drivers, java.time.Instant::now));
        try {
            scheduler.get().addToQueue(() -> {}, () -> {});

            assertThat(takenWhenLooking.poll(5, TimeUnit.SECONDS)).isZero();
        } finally {
            drivers.shutdownNow();
        }
    }

    @Test
    void looks_for_the_next_run_also_when_driving_one_failed() throws InterruptedException {
        var looked = new LinkedBlockingQueue<String>();
        ExecutorService drivers = Engine.drivers(1, () -> looked.add("looked"));
        try {
            drivers.submit(() -> {
                throw new IllegalStateException("the driver failed");
            });

            assertThat(looked.poll(5, TimeUnit.SECONDS)).isEqualTo("looked");
        } finally {
            drivers.shutdownNow();
        }
    }
}
