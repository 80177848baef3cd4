package dev.switchback.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.run.Wanted;
import dev.switchback.step.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReinsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Reins reins = new Reins(new Freshness(Duration.ofSeconds(10), nanos::get));

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void a_wish_to_go_back_ends_the_attempt() {
        var brake = reins.hold();
        reins.wish(Optional.of(Wanted.ROLLBACK), reins.attempt());
        assertThat(brake.isCancelled()).isTrue();
    }

    @Test
    void a_wish_to_pause_lets_the_attempt_finish() {
        var brake = reins.hold();
        reins.wish(Optional.of(Wanted.PAUSE), reins.attempt());
        assertThat(brake.isCancelled()).isFalse();
    }

    @Test
    void a_wish_that_was_obeyed_already_does_not_end_the_undo() {
        reins.hold();
        long before = reins.attempt();
        reins.letGo();
        var undo = reins.hold();
        reins.wish(Optional.of(Wanted.ROLLBACK), before);
        assertThat(undo.isCancelled()).isFalse();
    }

    @Test
    void a_lost_lease_ends_the_attempt_and_every_later_one() {
        var brake = reins.hold();
        reins.drop();
        assertThat(brake.isCancelled()).isTrue();
        assertThat(reins.hold().isCancelled()).isTrue();
    }

    @Test
    void a_lease_that_cannot_be_renewed_ends_the_attempt_before_it_is_over() {
        var brake = reins.hold();
        pass(Duration.ofMillis(5900));
        assertThat(reins.endIfStale()).isFalse();
        pass(Duration.ofMillis(200));
        assertThat(reins.endIfStale()).isTrue();
        assertThat(brake.isCancelled()).isTrue();
        assertThat(reins.cutShort()).hasValueSatisfying(why -> assertThat(why).contains("could not be reached"));
    }

    @Test
    void what_is_ended_because_of_the_lease_is_dead_before_the_lease_is_over() {
        var brake = reins.hold();
        pass(Duration.ofSeconds(6));
        reins.endIfStale();
        assertThat(brake.grace(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(1500));
        assertThat(brake.grace(Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void who_wakes_up_with_an_old_lease_begins_nothing() {
        pass(Duration.ofSeconds(60));
        var brake = reins.hold();
        assertThat(brake.isCancelled()).isTrue();
        assertThat(reins.cutShort()).isPresent();
    }

    @Test
    void a_renewal_counts_from_the_moment_it_was_sent() {
        long sent = reins.now();
        pass(Duration.ofSeconds(5));
        reins.renewed(sent);
        pass(Duration.ofMillis(1001));
        assertThat(reins.isFresh()).isFalse();
    }

    @Test
    void a_person_who_aborts_is_not_mistaken_for_a_lost_lease() {
        var brake = reins.hold();
        reins.wish(Optional.of(Wanted.ABORT), reins.attempt());
        pass(Duration.ofSeconds(7));
        assertThat(reins.endIfStale()).isFalse();
        assertThat(reins.cutShort()).isEmpty();
        assertThat(brake.reason()).contains(Cancellation.Reason.ABORTED);
    }

    @Test
    void a_stopping_instance_lets_the_step_end_first() {
        var brake = reins.hold();
        reins.leave();
        assertThat(brake.isCancelled()).isFalse();
        assertThat(reins.leaving()).isTrue();
        reins.leaveNow();
        assertThat(brake.isCancelled()).isTrue();
        assertThat(reins.cutShort()).contains("this instance was stopped");
    }
}
