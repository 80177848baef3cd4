package dev.switchback.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskerTest {

    private static final String SECRET = "p&ss w\"rd'/1+$x";
    private final Masker masker = Masker.of(List.of(SECRET));

    private void hides(String form) {
        assertThat(masker.mask("before " + form + " after")).isEqualTo("before " + Masker.MASK + " after");
    }

    @Test
    void hides_the_value_wherever_it_stands_in_a_line() {
        hides(SECRET);
        assertThat(masker.mask(SECRET + SECRET)).isEqualTo(Masker.MASK + Masker.MASK);
    }

    @Test
    void hides_the_value_url_encoded_in_both_ways() {
        hides(URLEncoder.encode(SECRET, StandardCharsets.UTF_8));
        hides(URLEncoder.encode(SECRET, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    @Test
    void hides_the_value_inside_json() {
        hides("p&ss w\\\"rd'/1+$x");
        hides("p&ss w\\\"rd'\\/1+$x");
    }

    @Test
    void hides_the_value_quoted_for_a_shell_and_for_sql() {
        hides("p&ss w\"rd'\\''/1+$x");
        hides("p&ss w\"rd''/1+$x");
        hides("p&ss w\\\"rd'/1+\\$x");
    }

    @Test
    void hides_the_value_in_base64_also_behind_a_user_name() {
        for (String user : List.of("", "a:", "ab:", "abc:")) {
            String encoded = Base64.getEncoder().encodeToString((user + SECRET).getBytes(StandardCharsets.UTF_8));
            String masked = masker.mask(encoded);
            assertThat(masked).contains(Masker.MASK);
            assertThat(masked.replace(Masker.MASK, "").length()).isLessThan(12);
        }
    }

    @Test
    void hides_each_line_of_a_value_with_several_lines() {
        Masker key = Masker.of(List.of("-----BEGIN KEY-----\nMIIabcdef\n-----END KEY-----\n"));

        assertThat(key.mask("key: MIIabcdef.")).isEqualTo("key: " + Masker.MASK + ".");
    }

    @Test
    void prefers_the_longer_of_two_secrets_that_begin_alike() {
        assertThat(Masker.of(List.of("hunter", "hunter2000")).mask("hunter2000"))
                .isEqualTo(Masker.MASK);
    }

    @Test
    void leaves_values_of_three_characters_alone_because_they_occur_everywhere() {
        assertThat(Masker.of(List.of("abc")).mask("abcdef")).isEqualTo("abcdef");
    }

    @Test
    void returns_the_same_text_when_there_is_nothing_to_hide() {
        String line = "an ordinary line";

        assertThat(masker.mask(line)).isSameAs(line);
        assertThat(Masker.of(List.of()).mask(line)).isSameAs(line);
    }

    @Test
    void a_secret_is_hidden_from_the_moment_it_is_handed_out() {
        var secrets = new TrackingSecrets(name -> java.util.Optional.of("value-of-" + name));
        assertThat(secrets.masker().mask("value-of-A")).isEqualTo("value-of-A");

        secrets.resolve("secret:A");

        assertThat(secrets.masker().mask("value-of-A")).isEqualTo(Masker.MASK);
    }

    @Test
    void secrets_come_from_the_environment_by_prefix_and_an_empty_one_counts_as_missing() {
        var secrets = new EnvironmentSecrets(
                Map.of("SWITCHBACK_SECRET_A", "one", "SWITCHBACK_SECRET_B", "", "HOME", "/root"), Map.of("C", "three"));

        assertThat(secrets.find("A")).contains("one");
        assertThat(secrets.find("B")).isEmpty();
        assertThat(secrets.find("C")).contains("three");
        assertThat(secrets.find("HOME")).isEmpty();
        assertThat(secrets.known()).containsExactlyInAnyOrder("one", "three");
    }

    @Test
    void masks_a_million_lines_in_a_few_seconds_however_many_secrets() {
        var many = new java.util.ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            many.add("secret-number-" + i * 7919);
        }
        Masker busy = Masker.of(many);
        String line = "2026-11-22T11:00:00Z INFO an ordinary line of a log, of about a hundred characters in all, yes";
        long began = System.nanoTime();
        for (int i = 0; i < 1_000_000; i++) {
            busy.mask(line);
        }
        assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
    }
}
