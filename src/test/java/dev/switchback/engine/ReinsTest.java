package dev.switchback.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.run.Wanted;
import dev.switchback.step.Cancellation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReinsTest {

    private final Reins reins = new Reins();

    private Cancellation attempt() {
        var brake = new Cancellation();
        reins.hold(brake);
        return brake;
    }

    @Test
    void a_wish_to_go_back_ends_the_attempt() {
        var brake = attempt();
        reins.wish(Optional.of(Wanted.ROLLBACK), reins.attempt());
        assertThat(brake.isCancelled()).isTrue();
    }

    @Test
    void a_wish_to_pause_lets_the_attempt_finish() {
        var brake = attempt();
        reins.wish(Optional.of(Wanted.PAUSE), reins.attempt());
        assertThat(brake.isCancelled()).isFalse();
    }

    @Test
    void a_wish_that_was_obeyed_already_does_not_end_the_undo() {
        attempt();
        long before = reins.attempt();
        reins.letGo();
        var undo = attempt();
        reins.wish(Optional.of(Wanted.ROLLBACK), before);
        assertThat(undo.isCancelled()).isFalse();
    }

    @Test
    void a_lost_lease_ends_the_attempt_and_every_later_one() {
        var brake = attempt();
        reins.drop();
        assertThat(brake.isCancelled()).isTrue();
        assertThat(attempt().isCancelled()).isTrue();
    }
}
