package dev.switchback.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LabelsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T11:27:13Z");

    @Test
    void says_only_as_much_of_a_time_as_is_needed_to_be_clear() {
        assertThat(Labels.shortly(Instant.parse("2026-11-22T00:01:59Z"), NOW)).isEqualTo("00:01");
        assertThat(Labels.shortly(Instant.parse("2026-11-21T23:59:00Z"), NOW)).isEqualTo("21 Nov 23:59");
        assertThat(Labels.shortly(Instant.parse("2025-11-22T11:00:00Z"), NOW)).isEqualTo("22 Nov 2025 11:00");
    }

    @Test
    void names_the_zone_where_the_whole_moment_is_told() {
        assertThat(Labels.full(NOW)).isEqualTo("2026-11-22 11:27:13 UTC");
    }

    @Test
    void shows_a_duration_as_a_stop_watch_does() {
        assertThat(Labels.clock(Duration.ofMillis(20))).isEqualTo("0.1 s");
        assertThat(Labels.clock(Duration.ofMillis(999))).isEqualTo("0.9 s");
        assertThat(Labels.clock(Duration.ofSeconds(23))).isEqualTo("0:23");
        assertThat(Labels.clock(Duration.ofSeconds(760))).isEqualTo("12:40");
        assertThat(Labels.clock(Duration.ofSeconds(3723))).isEqualTo("1:02:03");
    }

    @Test
    void counts_in_words() {
        assertThat(Labels.counted(1, "step")).isEqualTo("1 step");
        assertThat(Labels.counted(8040L, "probe")).isEqualTo("8,040 probes");
    }

    @Test
    void makes_links_only_of_addresses_of_the_web() {
        assertThat(Labels.isSafeLink("https://tracker.example/SHOP-12")).isTrue();
        assertThat(Labels.isSafeLink("javascript:alert(1)")).isFalse();
        assertThat(Labels.isSafeLink("JavaScript:alert(1)")).isFalse();
    }

    @Test
    void writes_free_content_on_one_line() throws Exception {
        var node = new ObjectMapper().readTree("{\"p50\": \"keep\", \"list\": [1, {\"a\": \"b\"}]}");
        assertThat(JsonLabels.flow(node)).isEqualTo("{p50: keep, list: [1, {a: b}]}");
        assertThat(JsonLabels.commas(node)).isEqualTo("p50 keep, list [1, {a: b}]");
        assertThat(JsonLabels.spoken("expectStatus")).isEqualTo("expect status");
    }

    @Test
    void what_is_only_usual_is_told_in_whole_seconds() {
        assertThat(Labels.roughly(Duration.ofMillis(300))).isEqualTo("1 s");
        assertThat(Labels.roughly(Duration.ofMillis(8400))).isEqualTo("8 s");
        assertThat(Labels.roughly(Duration.ofSeconds(402))).isEqualTo("6 min 42 s");
    }
}
