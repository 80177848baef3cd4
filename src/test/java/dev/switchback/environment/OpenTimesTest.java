package dev.switchback.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.environment.Window.Span;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenTimesTest {

    private static final String EVENINGS = "{\"days\": [\"mon\", \"tue\", \"wed\", \"thu\"], \"from\": \"20:00\","
            + " \"to\": \"23:00\", \"zone\": \"Europe/Berlin\"}";

    private static EnvironmentContent content(String windows, String freezes) {
        return EnvironmentContent.of("{\"key\": \"p\", \"name\": \"P\", \"tier\": \"production\", \"windows\": ["
                + windows + "], \"freezes\": [" + freezes + "]}");
    }

    private static String freeze(String from, String to) {
        return "{\"from\": \"" + from + "\", \"to\": \"" + to + "\", \"reason\": \"sale\"}";
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    private static Span span(String from, String to) {
        return new Span(at(from), at(to));
    }

    @Test
    void without_windows_it_is_always_open() {
        EnvironmentContent free = content("", "");
        assertThat(free.openAt(at("2026-11-23T03:00:00Z"))).isTrue();
        assertThat(free.nextOpening(at("2026-11-23T03:00:00Z"))).contains(at("2026-11-23T03:00:00Z"));
        assertThat(free.openTimes().closesAfter(at("2026-11-23T03:00:00Z"))).isEmpty();
        assertThat(free.openTimes().next(at("2026-11-23T03:00:00Z"), 3)).isEmpty();
    }

    @Test
    void opens_with_its_next_window() {
        EnvironmentContent evenings = content(EVENINGS, "");
        assertThat(evenings.openAt(at("2026-11-23T12:00:00Z"))).isFalse();
        assertThat(evenings.nextOpening(at("2026-11-23T12:00:00Z"))).contains(at("2026-11-23T19:00:00Z"));
        assertThat(evenings.nextOpening(at("2026-11-23T19:30:00Z"))).contains(at("2026-11-23T19:30:00Z"));
    }

    @Test
    void a_freeze_shuts_an_open_window_and_delays_the_next_opening() {
        EnvironmentContent frozen = content(EVENINGS, freeze("2026-11-23T20:00:00Z", "2026-11-24T20:30:00Z"));
        assertThat(frozen.openAt(at("2026-11-23T20:30:00Z")))
                .as("the window alone")
                .isTrue();
        assertThat(frozen.nextOpening(at("2026-11-23T20:30:00Z"))).contains(at("2026-11-24T20:30:00Z"));
        assertThat(frozen.openTimes().closesAfter(at("2026-11-23T19:30:00Z"))).contains(at("2026-11-23T20:00:00Z"));
    }

    @Test
    void freezes_that_follow_each_other_are_waited_for_one_after_the_other() {
        EnvironmentContent frozen = content(
                "",
                freeze("2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z") + ","
                        + freeze("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"));
        assertThat(frozen.nextOpening(at("2026-11-23T12:00:00Z"))).contains(at("2026-11-25T00:00:00Z"));
    }

    @Test
    void windows_that_touch_are_one_opening() {
        OpenTimes touching = content(
                        "{\"from\": \"20:00\", \"to\": \"22:00\"}, {\"from\": \"22:00\", \"to\": \"23:00\"}", "")
                .openTimes();
        assertThat(touching.closesAfter(at("2026-11-23T20:30:00Z"))).contains(at("2026-11-23T23:00:00Z"));
        assertThat(touching.between(at("2026-11-23T00:00:00Z"), at("2026-11-25T00:00:00Z")))
                .containsExactly(
                        span("2026-11-23T20:00:00Z", "2026-11-23T23:00:00Z"),
                        span("2026-11-24T20:00:00Z", "2026-11-24T23:00:00Z"));
    }

    @Test
    void windows_around_the_clock_never_close() {
        OpenTimes always = content(
                        "{\"from\": \"00:00\", \"to\": \"12:00\", \"zone\": \"Europe/Berlin\"},"
                                + " {\"from\": \"12:00\", \"to\": \"00:00\", \"zone\": \"Europe/Berlin\"}",
                        "")
                .openTimes();
        assertThat(always.openAt(at("2026-10-25T00:30:00Z"))).isTrue();
        assertThat(always.closesAfter(at("2026-10-01T00:30:00Z"))).isEmpty();
        assertThat(always.between(at("2026-03-01T00:00:00Z"), at("2026-04-20T00:00:00Z")))
                .isEqualTo(List.of(span("2026-03-01T00:00:00Z", "2026-04-20T00:00:00Z")));
    }

    @Test
    void the_next_openings_leave_the_present_one_out() {
        OpenTimes evenings = content(EVENINGS, "").openTimes();
        assertThat(evenings.next(at("2026-11-23T19:30:00Z"), 2))
                .containsExactly(
                        span("2026-11-24T19:00:00Z", "2026-11-24T22:00:00Z"),
                        span("2026-11-25T19:00:00Z", "2026-11-25T22:00:00Z"));
        assertThat(evenings.next(at("2026-11-27T19:30:00Z"), 1))
                .containsExactly(span("2026-11-30T19:00:00Z", "2026-11-30T22:00:00Z"));
    }

    @Test
    void nothing_is_in_sight_when_a_freeze_lasts_for_ever() {
        EnvironmentContent frozen = content(EVENINGS, freeze("2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z"));
        assertThat(frozen.nextOpening(at("2026-11-23T12:00:00Z"))).isEmpty();
    }

    @Test
    void the_freeze_that_is_told_is_the_one_that_ends_last() {
        OpenTimes frozen = content(
                        "",
                        freeze("2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z") + ","
                                + freeze("2026-11-23T00:00:00Z", "2026-11-26T00:00:00Z"))
                .openTimes();
        assertThat(frozen.frozenAt(at("2026-11-23T12:00:00Z")))
                .hasValueSatisfying(freeze -> assertThat(freeze.to()).isEqualTo(at("2026-11-26T00:00:00Z")));
        assertThat(frozen.frozenAt(at("2026-11-26T00:00:00Z"))).isEmpty();
    }
}
