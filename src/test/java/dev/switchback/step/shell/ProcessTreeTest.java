package dev.switchback.step.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ending what an attempt started, also a moment too late. */
class ProcessTreeTest {

    private static ProcessTree.Ending endOf(Process process) {
        return new ProcessTree(process.toHandle(), UUID.randomUUID().toString()).end(Duration.ofSeconds(2));
    }

    @Test
    void an_abort_that_comes_when_it_has_ended_by_itself_ended_nothing() throws Exception {
        Process over = new ProcessBuilder("true").start();
        assertThat(over.waitFor()).isZero();

        assertThat(endOf(over).cameTooLate()).isTrue();
    }

    @Test
    void an_abort_that_comes_in_time_says_that_it_ended_it() throws Exception {
        Process sleeping = new ProcessBuilder("sleep", "60").start();

        ProcessTree.Ending ending = endOf(sleeping);

        assertThat(ending.cameTooLate()).isFalse();
        assertThat(ending.ended()).isEqualTo(1);
        assertThat(sleeping.waitFor()).isNotZero();
    }
}
