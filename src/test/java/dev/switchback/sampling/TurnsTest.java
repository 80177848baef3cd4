package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.sampling.Turns.Turn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two sides that take turns. */
@Timeout(20)
class TurnsTest {

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private Thread side(String name, Turn turn, int pieces) {
        var thread = new Thread(() -> {
            try {
                for (int piece = 0; piece < pieces; piece++) {
                    while (!turn.comes(piece, 50)) {
                        assertThat(turn.isAlone()).isFalse();
                    }
                    order.add(name);
                    turn.pass();
                }
                turn.leave();
            } catch (InterruptedException ending) {
                order.add("interrupted");
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void go_there_and_back_so_that_a_drift_is_shared() throws InterruptedException {
        var turns = new Turns();
        Thread second = side("B", turns.second(), 5);
        Thread first = side("A", turns.first(), 5);
        first.join();
        second.join();
        assertThat(String.join("", order)).isEqualTo("ABBAABBAAB");
    }

    @Test
    void hold_nobody_up_when_the_other_side_ends_early() throws InterruptedException {
        var turns = new Turns();
        Thread second = side("B", turns.second(), 5);
        Thread first = side("A", turns.first(), 2);
        first.join();
        second.join();
        assertThat(Collections.frequency(order, "B")).isEqualTo(5);
    }

    @Test
    void a_side_of_its_own_never_waits() throws InterruptedException {
        assertThat(Turn.ALONE.isAlone()).isTrue();
        assertThat(Turn.ALONE.comes(100, 0)).isTrue();
    }
}
