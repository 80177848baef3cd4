package dev.switchback.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords are taken. */
class PasswordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elevenchars",
                "passwordpassword",
                "Password123456!",
                "123456789012",
                "abcdefghijklm",
                "aaaaaaaaaaaa",
                "abababababab",
                "qwertyuiop123",
                "letmeinplease",
                "correct horse battery staple",
                "mona-and-more-words",
                "MONA is the one here",
                "switchback-forever"
            })
    void refuses_what_is_short_or_tried_first(String password) {
        assertThat(Passwords.refusal("mona", password)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"test-password-1", "a few words on a rainy day", "k7d2m-x9p4q-abcde", "größere Wörter, 12"})
    void takes_what_is_long_and_of_ones_own(String password) {
        assertThat(Passwords.refusal("mona", password)).isEmpty();
    }

    @Test
    void refuses_what_the_hash_would_not_look_at() {
        assertThat(Passwords.refusal("mona", "abcdefg ".repeat(9))).isEmpty();
        assertThat(Passwords.refusal("mona", "abcdefg ".repeat(9) + "x")).isPresent();
    }

    @Test
    void takes_what_it_generates() {
        assertThat(Passwords.refusal("admin", Passwords.generate())).isEmpty();
    }
}
