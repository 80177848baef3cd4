package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutputGateTest {

    private static final int LINE = 99;

    private final Answers person = new Answers();
    private final AtomicBoolean diskIsFull = new AtomicBoolean();
    private final AtomicInteger stops = new AtomicInteger();
    private final OutputGate gate = new OutputGate(person, 1000, diskIsFull::get, this::stop);

    private void stop() {
        stops.incrementAndGet();
    }

    private boolean print(int lines) {
        boolean kept = true;
        for (int i = 0; i < lines; i++) {
            kept = gate.pass(LINE);
        }
        return kept;
    }

    private CompletableFuture<Boolean> printInBackground(int lines) {
        return CompletableFuture.supplyAsync(() -> print(lines));
    }

    @Test
    void lets_through_what_is_below_the_limit_and_asks_nobody() {
        assertThat(print(10)).isTrue();
        assertThat(person.asked).isEmpty();
    }

    @Test
    void waits_at_the_limit_until_a_person_lets_it_print_as_much_again() throws Exception {
        CompletableFuture<Boolean> printing = printInBackground(30);
        person.await(1);
        assertThat(printing).isNotDone();
        person.yes();
        person.await(2);
        assertThat(printing).isNotDone();
        person.yes();
        assertThat(printing.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(person.asked).startsWith("limit").doesNotContain("disk");
    }

    @Test
    void both_streams_wait_for_the_same_answer() throws Exception {
        print(10);
        CompletableFuture<Boolean> out = printInBackground(1);
        CompletableFuture<Boolean> err = printInBackground(1);
        person.await(1);
        assertThat(out).isNotDone();
        assertThat(err).isNotDone();
        person.yes();
        out.get(10, TimeUnit.SECONDS);
        err.get(10, TimeUnit.SECONDS);
        assertThat(person.asked).containsOnlyOnce("limit");
    }

    @Test
    void a_person_who_stops_it_ends_the_step_and_nothing_waits_any_more() throws Exception {
        CompletableFuture<Boolean> printing = printInBackground(20);
        person.await(1);
        person.stop();
        assertThat(printing.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stops.get()).isEqualTo(1);
    }

    @Test
    void what_a_process_that_ignores_its_end_goes_on_to_print_is_not_kept() {
        gate.end();
        assertThat(print(100)).isTrue();
        assertThat(print(20_000)).isFalse();
        assertThat(person.asked).isEmpty();
    }

    @Test
    void a_nearly_full_disk_holds_it_up_until_there_is_room() throws Exception {
        diskIsFull.set(true);
        CompletableFuture<Boolean> printing = printInBackground(5);
        person.await(1);
        assertThat(printing).isNotDone();
        diskIsFull.set(false);
        assertThat(printing.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(person.asked).containsExactly("disk", "goes on");
    }

    @Test
    void asks_as_soon_as_the_database_is_back() throws Exception {
        person.goAway(true);
        CompletableFuture<Boolean> printing = printInBackground(20);
        assertThat(printing).isNotDone();
        person.goAway(false);
        person.await(1);
        person.yes();
        assertThat(printing.get(10, TimeUnit.SECONDS)).isTrue();
    }
}
