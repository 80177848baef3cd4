package dev.switchback.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.platform.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {

    /** November 2026: the 23rd is a Monday, Berlin is one hour before UTC. */
    private static final String EVENINGS =
            "{\"days\": [\"mon\", \"tue\", \"wed\", \"thu\"], \"from\": \"20:00\", \"to\": \"23:00\","
                    + " \"zone\": \"Europe/Berlin\"}";

    private static Window window(String json) {
        return Window.of(Json.object(json));
    }

    private static Window every(String from, String to, String zone) {
        return window("{\"from\": \"" + from + "\", \"to\": \"" + to + "\", \"zone\": \"" + zone + "\"}");
    }

    private static boolean holds(Window window, String at) {
        return window.holdsAt(Instant.parse(at));
    }

    private static String opens(Window window, String after) {
        return window.opensAfter(Instant.parse(after)).map(Instant::toString).orElse("never");
    }

    private static String closes(Window window, String after) {
        return window.closesAfter(Instant.parse(after)).map(Instant::toString).orElse("closed");
    }

    @Test
    void is_open_from_its_first_minute_to_before_its_last() {
        Window evenings = window(EVENINGS);
        assertThat(holds(evenings, "2026-11-23T18:59:59Z")).isFalse();
        assertThat(holds(evenings, "2026-11-23T19:00:00Z")).isTrue();
        assertThat(holds(evenings, "2026-11-23T21:59:59.999Z")).isTrue();
        assertThat(holds(evenings, "2026-11-23T22:00:00Z")).isFalse();
    }

    @Test
    void is_closed_on_the_other_days() {
        assertThat(holds(window(EVENINGS), "2026-11-27T20:00:00Z")).isFalse();
        assertThat(opens(window(EVENINGS), "2026-11-27T20:00:00Z")).isEqualTo("2026-11-30T19:00:00Z");
    }

    @Test
    void tells_when_it_opens_next_even_while_it_is_open() {
        Window evenings = window(EVENINGS);
        assertThat(opens(evenings, "2026-11-23T12:00:00Z")).isEqualTo("2026-11-23T19:00:00Z");
        assertThat(opens(evenings, "2026-11-23T19:00:00Z")).isEqualTo("2026-11-24T19:00:00Z");
    }

    @Test
    void tells_when_it_closes_only_while_it_is_open() {
        assertThat(closes(window(EVENINGS), "2026-11-23T19:30:00Z")).isEqualTo("2026-11-23T22:00:00Z");
        assertThat(closes(window(EVENINGS), "2026-11-23T18:30:00Z")).isEqualTo("closed");
    }

    @Test
    void belongs_to_the_day_on_which_it_began_when_it_goes_over_midnight() {
        Window friday = window("{\"days\": [\"fri\"], \"from\": \"22:00\", \"to\": \"02:00\"}");
        assertThat(holds(friday, "2026-11-27T23:00:00Z")).isTrue();
        assertThat(holds(friday, "2026-11-28T01:59:00Z")).isTrue();
        assertThat(holds(friday, "2026-11-27T01:00:00Z")).as("the night before").isFalse();
        assertThat(holds(friday, "2026-11-28T22:30:00Z")).as("the day after").isFalse();
        assertThat(closes(friday, "2026-11-28T01:00:00Z")).isEqualTo("2026-11-28T02:00:00Z");
    }

    @Test
    void ends_with_the_day_at_24_o_clock() {
        Window late = every("20:00", "24:00", "UTC");
        assertThat(holds(late, "2026-11-23T23:59:59Z")).isTrue();
        assertThat(holds(late, "2026-11-24T00:00:00Z")).isFalse();
        assertThat(late).isEqualTo(every("20:00", "00:00", "UTC"));
    }

    @Test
    void holds_a_whole_day_when_it_ends_as_it_began() {
        Window sunday = window("{\"days\": [\"sun\"], \"from\": \"06:00\", \"to\": \"06:00\"}");
        assertThat(holds(sunday, "2026-11-29T05:59:59Z")).isFalse();
        assertThat(holds(sunday, "2026-11-29T06:00:00Z")).isTrue();
        assertThat(holds(sunday, "2026-11-30T05:59:59Z")).isTrue();
        assertThat(holds(sunday, "2026-11-30T06:00:00Z")).isFalse();
    }

    @Test
    void goes_by_the_clock_of_its_zone_in_summer_and_in_winter() {
        Window evenings = window(EVENINGS);
        assertThat(opens(evenings, "2026-07-06T12:00:00Z")).isEqualTo("2026-07-06T18:00:00Z");
        assertThat(opens(evenings, "2026-12-07T12:00:00Z")).isEqualTo("2026-12-07T19:00:00Z");
    }

    @Test
    void opens_at_the_jump_when_the_clock_leaves_its_beginning_out() {
        Window night = every("02:30", "04:00", "Europe/Berlin");
        assertThat(opens(night, "2026-03-28T12:00:00Z")).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(closes(night, "2026-03-29T01:00:00Z")).isEqualTo("2026-03-29T02:00:00Z");
    }

    @Test
    void closes_at_the_jump_when_the_clock_leaves_its_end_out() {
        Window night = every("01:00", "02:30", "Europe/Berlin");
        assertThat(closes(night, "2026-03-29T00:30:00Z")).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(holds(night, "2026-03-29T01:00:00Z")).isFalse();
    }

    @Test
    void does_not_open_on_a_day_whose_clock_leaves_it_out() {
        Window night = every("02:00", "03:00", "Europe/Berlin");
        assertThat(opens(night, "2026-03-28T12:00:00Z")).isEqualTo("2026-03-30T00:00:00Z");
        Window sundays =
                window("{\"days\": [\"sun\"], \"from\": \"02:00\", \"to\": \"02:45\", \"zone\": \"Europe/Berlin\"}");
        assertThat(opens(sundays, "2026-03-23T12:00:00Z")).isEqualTo("2026-04-05T00:00:00Z");
    }

    @Test
    void takes_the_first_of_two_equal_times_when_the_clock_is_set_back() {
        Window night = every("02:00", "03:00", "Europe/Berlin");
        assertThat(opens(night, "2026-10-24T12:00:00Z")).isEqualTo("2026-10-25T00:00:00Z");
        assertThat(closes(night, "2026-10-25T00:00:00Z")).as("both hours").isEqualTo("2026-10-25T02:00:00Z");
        Window untilHalf = every("01:00", "02:30", "Europe/Berlin");
        Window fromHalf = every("02:30", "04:00", "Europe/Berlin");
        assertThat(closes(untilHalf, "2026-10-24T23:30:00Z")).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(opens(fromHalf, "2026-10-24T23:30:00Z")).as("they touch").isEqualTo("2026-10-25T00:30:00Z");
    }

    @Test
    void survives_a_day_that_a_country_left_out() {
        Window apia = every("08:00", "10:00", "Pacific/Apia");
        assertThat(opens(apia, "2011-12-29T20:00:00Z")).isEqualTo("2011-12-30T18:00:00Z");
    }

    @Test
    void opens_every_day_in_utc_when_neither_is_said() {
        Window night = window("{\"from\": \"01:00\", \"to\": \"02:00\"}");
        assertThat(night.words()).isEqualTo("Every day 01:00–02:00 UTC");
        assertThat(holds(night, "2026-11-29T01:30:00Z")).isTrue();
    }

    @Test
    void says_itself_as_a_person_does() {
        assertThat(window(EVENINGS).words()).isEqualTo("Mon–Thu 20:00–23:00 Europe/Berlin");
        assertThat(days("\"mon\", \"tue\"")).isEqualTo("Mon, Tue 22:00–02:00 UTC");
        assertThat(days("\"sat\", \"sun\", \"mon\"")).isEqualTo("Mon, Sat, Sun 22:00–02:00 UTC");
        assertThat(days("\"fri\"")).isEqualTo("Fri 22:00–02:00 UTC");
        assertThat(every("00:00", "24:00", "UTC").words()).isEqualTo("Every day all day UTC");
        assertThat(every("20:00", "24:00", "UTC").words()).isEqualTo("Every day 20:00–24:00 UTC");
    }

    private static String days(String days) {
        JsonNode window = Json.object("{\"days\": [" + days + "], \"from\": \"22:00\", \"to\": \"02:00\"}");
        return Window.of(window).words();
    }
}
