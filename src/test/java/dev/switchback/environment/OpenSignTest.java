package dev.switchback.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpenSignTest {

    private static final String EVENINGS = "{\"days\": [\"mon\", \"tue\", \"wed\", \"thu\"], \"from\": \"20:00\","
            + " \"to\": \"23:00\", \"zone\": \"Europe/Berlin\"}";

    private static OpenSign at(String moment, String windows, String freezes) {
        return OpenSign.of(
                EnvironmentContent.of("{\"windows\": [" + windows + "], \"freezes\": [" + freezes + "]}")
                        .openTimes(),
                Instant.parse(moment));
    }

    @Test
    void says_until_when_it_is_open() {
        OpenSign sign = at("2026-11-23T19:30:00Z", EVENINGS, "");
        assertThat(sign.mark().word()).isEqualTo("Open now");
        assertThat(sign.words()).isEqualTo("Open now until 22:00 UTC, 2 h 30 min more");
    }

    @Test
    void says_when_it_opens() {
        OpenSign sign = at("2026-11-23T17:00:00Z", EVENINGS, "");
        assertThat(sign.mark().word()).isEqualTo("Closed now");
        assertThat(sign.words()).isEqualTo("Closed; opens Mon 23 Nov 19:00 UTC, in 2 h");
        assertThat(sign.days())
                .hasSize(14)
                .contains(new OpenDay("Mon 23 Nov", "19:00–22:00", true), new OpenDay("Fri 27 Nov", "closed", false));
    }

    @Test
    void says_until_when_it_is_frozen_and_what_opens_then() {
        OpenSign sign = at(
                "2026-11-23T19:30:00Z",
                EVENINGS,
                "{\"from\": \"2026-11-23T00:00:00Z\", \"to\": \"2026-11-25T00:00:00Z\"}");
        assertThat(sign.mark().word()).isEqualTo("Frozen now");
        assertThat(sign.words()).isEqualTo("Frozen until 25 Nov 00:00 UTC; opens Wed 25 Nov 19:00 UTC, in 47 h 30 min");
        assertThat(sign.days()).contains(new OpenDay("Tue 24 Nov", "frozen", false));
    }

    @Test
    void says_nothing_of_days_where_it_is_always_open() {
        assertThat(at("2026-11-23T19:30:00Z", "", ""))
                .returns("Live runs are allowed at any time", OpenSign::words)
                .satisfies(sign -> assertThat(sign.days()).isEmpty());
        assertThat(at("2026-11-23T19:30:00Z", "{\"from\": \"00:00\", \"to\": \"24:00\"}", ""))
                .returns("Open now, around the clock", OpenSign::words)
                .satisfies(sign -> assertThat(sign.days()).isEmpty());
    }

    @Test
    void is_closed_for_good_when_nothing_opens_in_sight() {
        OpenSign sign = at(
                "2026-11-23T19:30:00Z", "", "{\"from\": \"2020-01-01T00:00:00Z\", \"to\": \"2099-01-01T00:00:00Z\"}");
        assertThat(sign.words()).isEqualTo("Frozen until 1 Jan 2099 00:00 UTC; nothing opens in sight");
    }
}
