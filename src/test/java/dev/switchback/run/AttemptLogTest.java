package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.spool.Batch;
import dev.switchback.spool.Spool;
import dev.switchback.step.StepLog.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AttemptLogTest {

    private static final Batch LIKE = new Batch(7, 4, 1, "copy", 2, 0, 0, new byte[0]);

    @TempDir
    Path folder;

    private final StoredLines store = new StoredLines();
    private final ExecutorService senders = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final AtomicInteger lost = new AtomicInteger();
    private Spool spool;

    private AttemptLog open() {
        return open(1 << 24, Duration.ofSeconds(20));
    }

    private AttemptLog open(long spoolBytes, Duration patience) {
        spool = new Spool(folder, spoolBytes);
        var way = new AttemptLog.Way(store, spool, senders, timer, InstantSource.system(), patience);
        var gate = new OutputGate(new Answers(), Long.MAX_VALUE / 2, () -> false, () -> {});
        return new AttemptLog(way, LIKE, gate, () -> {}, lost::incrementAndGet);
    }

    @AfterEach
    void stop() {
        senders.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void stores_every_line_once_and_in_order() {
        try (AttemptLog log = open()) {
            IntStream.range(0, 100_000).forEach(i -> log.out("line " + i));
        }
        assertThat(store.texts())
                .isEqualTo(
                        IntStream.range(0, 100_000).mapToObj(i -> "line " + i).toList());
    }

    @Test
    void a_line_after_a_silence_does_not_wait_for_others() throws Exception {
        try (AttemptLog log = open()) {
            log.out("first");
            assertThat(store.await(1)).containsExactly("first");
        }
    }

    @Test
    void hands_the_last_lines_of_a_short_attempt_to_who_records_its_end() {
        try (AttemptLog log = open()) {
            log.engine("step copy, attempt 2");
            log.engine("succeeded after 3 ms");
            Batch rest = log.rest().orElseThrow();
            assertThat(StoredLines.read(rest)).containsExactly("step copy, attempt 2", "succeeded after 3 ms");
        }
        assertThat(store.texts()).isEmpty();
    }

    @Test
    void who_prints_faster_than_the_store_takes_waits() throws Exception {
        store.hold();
        AttemptLog log = open(0, Duration.ofSeconds(20));
        var printed = new AtomicInteger();
        var printing = new Thread(() -> {
            for (int i = 0; i < 2_000; i++) {
                log.out("x".repeat(1000));
                printed.incrementAndGet();
            }
        });
        printing.start();
        store.awaitCall();
        printing.join(1_000);
        assertThat(printing.isAlive()).isTrue();
        assertThat(printed.get()).isLessThan(2 * AttemptLog.FULL / 1000 + 100);
        store.release();
        printing.join();
        log.close();
        assertThat(store.texts()).hasSize(2_000);
    }

    @Test
    void goes_on_while_the_store_is_away_and_sends_everything_in_order_when_it_is_back() throws Exception {
        store.goAway();
        AttemptLog log = open();
        for (int i = 0; i < 20_000; i++) {
            log.out("line " + i + " " + "x".repeat(100));
        }
        assertThat(spool.used()).isGreaterThan(1_000_000);
        store.comeBack();
        log.out("the last one");
        log.close();
        assertThat(store.texts())
                .hasSize(20_001)
                .startsWith("line 0 " + "x".repeat(100))
                .endsWith("the last one");
        assertThat(store.texts().stream().limit(20_000).map(text -> text.split(" ")[1]))
                .isEqualTo(
                        IntStream.range(0, 20_000).mapToObj(Integer::toString).toList());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void an_answer_that_got_lost_doubles_nothing() throws Exception {
        store.storeButThrow(2);
        try (AttemptLog log = open()) {
            log.out("one");
            log.out("two");
        }
        assertThat(store.texts()).containsExactly("one", "two");
    }

    @Test
    void leaves_its_lines_on_disk_when_the_store_stays_away_and_they_are_sent_later() {
        store.goAway();
        AttemptLog log = open(1 << 24, Duration.ofMillis(300));
        log.out("one");
        log.err("two");
        log.close();
        assertThat(store.texts()).isEmpty();

        store.comeBack();
        new SendSpooled(new Spool(folder, 1 << 24), store, InstantSource.system(), run -> {}).send();

        assertThat(store.texts()).containsExactly("one", "two");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void lines_that_waited_on_disk_while_somebody_else_took_over_are_stored_and_said_to_be_late() {
        store.goAway();
        AttemptLog log = open(1 << 24, Duration.ofMillis(300));
        log.out("one");
        log.close();

        store.comeBack();
        store.fence = 5;
        var later = new SendSpooled(new Spool(folder, 1 << 24), store, InstantSource.system(), run -> {});
        later.send();
        later.send();

        assertThat(store.texts()).hasSize(2).last().isEqualTo("one");
        assertThat(store.texts().get(0)).contains("arrived late");
    }

    @Test
    void a_writer_whose_lease_is_gone_writes_nothing_and_is_told() {
        store.fence = 5;
        try (AttemptLog log = open()) {
            log.out("too late");
        }
        assertThat(store.texts()).isEmpty();
        assertThat(lost.get()).isEqualTo(1);
        assertThat(new Spool(folder, 1 << 24).left()).isEmpty();
    }

    @Test
    void a_store_that_hangs_does_not_hold_up_who_prints() throws Exception {
        AttemptLog log = open();
        store.hold();
        log.out("first");
        store.awaitCall();
        var done = new CountDownLatch(1);
        new Thread(() -> {
                    for (int i = 0; i < 3_000; i++) {
                        log.line(Stream.OUT, "y".repeat(1000));
                    }
                    done.countDown();
                })
                .start();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        store.release();
        log.close();
        assertThat(store.texts()).hasSize(3_001);
    }

    @Test
    void two_streams_that_print_at_once_lose_nothing() throws Exception {
        List<Thread> printers;
        try (AttemptLog log = open()) {
            printers = IntStream.range(0, 4)
                    .mapToObj(printer ->
                            new Thread(() -> IntStream.range(0, 10_000).forEach(i -> log.out(printer + " " + i))))
                    .toList();
            printers.forEach(Thread::start);
            for (Thread printer : printers) {
                printer.join();
            }
        }
        for (int printer = 0; printer < 4; printer++) {
            String mine = printer + " ";
            assertThat(store.texts().stream().filter(text -> text.startsWith(mine)))
                    .isEqualTo(
                            IntStream.range(0, 10_000).mapToObj(i -> mine + i).toList());
        }
    }
}
