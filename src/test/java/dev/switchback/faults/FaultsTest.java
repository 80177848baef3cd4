package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The worst nights. In each, one of two instances drives runs at every kind of moment when the trouble comes; in the end
 * no effect has come twice, no line is lost or doubled, the events are without gaps, and what the run says is true.
 *
 * <p>{@code ./mvnw verify -Pfaults} carries out all of them, with {@code -Dfaults.rounds=10} ten times in a row. A plain
 * {@code verify} carries out those with the tag {@code short}.
 */
@Tag("faults")
@ExtendWith(Traces.class)
@ParameterizedClass(name = "round {0}")
@MethodSource("rounds")
class FaultsTest {

    /** Longer than a lease. */
    private static final Duration TOO_LONG = Instance.LEASE.plusSeconds(3);

    private final Cluster cluster = Cluster.get();

    @Parameter
    int round;

    static Stream<Integer> rounds() {
        return IntStream.rangeClosed(1, Integer.getInteger("faults.rounds", 1)).boxed();
    }

    @BeforeEach
    @AfterEach
    void heal() {
        cluster.heal();
    }

    /** Each drives in turn. */
    private Story story() {
        return Story.drivenBy(round % 2 == 0 ? cluster.b : cluster.a);
    }

    @Test
    @Tag("short")
    void an_instance_that_is_killed_is_replaced_and_what_was_under_way_is_settled() {
        story().isSettled(story -> story.driver().kill(), story -> {
            story.driver().launch();
            story.driver().awaitReady();
        });
    }

    @Test
    void an_instance_that_froze_and_wakes_up_writes_nothing_and_starts_nothing() {
        story().isSettled(story -> story.driver().freeze(), story -> {
            story.driver().thaw();
            Waiting.pass(Duration.ofSeconds(2));
        });
    }

    @Test
    void an_instance_that_cannot_reach_the_database_ends_its_steps_before_another_takes_over() {
        story().isSettled(story -> story.driver().wire.fallSilent(), story -> {
            story.driver().wire.speakAgain();
            Waiting.pass(Duration.ofSeconds(2));
        });
    }

    @Test
    void a_restart_of_the_database_disturbs_nobody() {
        story().isBorne(story -> {
            cluster.database.crash();
            cluster.database.comeBack();
            Waiting.pass(Duration.ofSeconds(1));
        });
    }

    @Test
    void connections_that_drop_disturb_nobody() {
        story().isBorne(story -> {
            for (int i = 0; i < 4; i++) {
                cluster.both().forEach(instance -> instance.wire.cut());
                Waiting.pass(Duration.ofMillis(300));
            }
        });
    }

    @Test
    void a_database_that_is_away_for_too_long_ends_the_steps_and_declares_nobody_dead() {
        story().isSettled(
                        story -> {
                            cluster.database.crash();
                            Waiting.until(
                                    TOO_LONG, "every step is ended before the lease runs out", story::nothingWorks);
                            Waiting.pass(Duration.ofSeconds(2));
                            cluster.database.comeBack();
                        },
                        Duration.ofSeconds(15).plus(Instance.LEASE),
                        story -> {});
    }

    @Test
    void an_instance_that_is_stopped_hands_over_between_two_steps() {
        story().isBorne(story -> {
            story.driver().terminate();
            Waiting.pass(Duration.ofSeconds(1));
            story.release();
            story.driver().awaitEnd(Instance.DRAIN.plusSeconds(15));
            assertThat(cluster.database.value("SELECT count(*) FROM instance WHERE name = ?", story.driver().name))
                    .as("rows of the stopped instance")
                    .isEqualTo("0");
        });
    }

    @Test
    void an_instance_that_is_stopped_ends_a_step_that_takes_too_long() {
        story().isSettled(
                        story -> story.driver().terminate(),
                        Instance.DRAIN.plusSeconds(15),
                        story -> story.driver().awaitEnd(Duration.ofSeconds(15)));
    }

    @Test
    void one_of_two_killed_instances_is_enough_to_settle_everything() {
        story().isSettled(
                        story -> {
                            story.driver().kill();
                            story.other().kill();
                            story.other().launch();
                            story.other().awaitReady();
                        },
                        story -> {});
    }
}
