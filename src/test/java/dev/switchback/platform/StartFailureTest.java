package dev.switchback.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A server that cannot start says why, to whoever looks at the console. */
class StartFailureTest {

    @Test
    void names_the_reason_at_the_bottom_and_not_what_wrapped_it() {
        var failure = new RuntimeException(
                "Failed to start application",
                new IllegalStateException("Validate failed:\nMigration checksum mismatch for version 003\n"));
        assertThat(StartFailure.words(failure))
                .isEqualTo("switchback: The server could not start: Validate failed:" + System.lineSeparator()
                        + "  Migration checksum mismatch for version 003");
    }

    @Test
    void a_failure_without_words_is_named_by_its_kind() {
        assertThat(StartFailure.words(new NullPointerException())).contains("NullPointerException");
    }

    @Test
    void does_not_fill_the_console() {
        assertThat(StartFailure.words(new RuntimeException("line\n".repeat(100)))
                        .lines())
                .hasSize(8);
    }
}
