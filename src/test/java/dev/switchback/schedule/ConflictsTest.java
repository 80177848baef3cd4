package dev.switchback.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.environment.OpenTimes;
import dev.switchback.schedule.Conflicts.Announced;
import dev.switchback.schedule.Conflicts.Other;
import dev.switchback.schedule.Conflicts.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConflictsTest {

    private static final OpenTimes ALWAYS = times("", "");
    private static final OpenTimes EVENINGS = times(
            "{\"days\": [\"mon\", \"tue\", \"wed\", \"thu\"], \"from\": \"20:00\", \"to\": \"23:00\","
                    + " \"zone\": \"Europe/Berlin\"}",
            "");

    private static OpenTimes times(String windows, String freezes) {
        return EnvironmentContent.of("{\"windows\": [" + windows + "], \"freezes\": [" + freezes + "]}")
                .openTimes();
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-23T" + time + ":00Z");
    }

    private static Wish live(String time, Duration usually) {
        return new Wish(at(time), usually, true);
    }

    private static List<String> found(Wish wish, OpenTimes times) {
        return Conflicts.of(wish, times, List.of(), List.of());
    }

    @Test
    void nothing_is_in_the_way_of_a_run_that_fits_its_window() {
        assertThat(found(live("19:00", Duration.ofHours(3)), EVENINGS)).isEmpty();
        assertThat(found(live("03:00", null), ALWAYS)).isEmpty();
    }

    @Test
    void a_run_that_usually_takes_longer_than_the_window_is_told_so() {
        assertThat(found(live("19:00", Duration.ofMinutes(200)), EVENINGS))
                .containsExactly("The window closes at 22:00 UTC; such a run usually takes 3 h 20 min");
        assertThat(found(live("21:30", null), EVENINGS))
                .containsExactly("The window closes at 22:00 UTC; how long the run takes is not known");
    }

    @Test
    void outside_the_windows_the_next_one_is_told() {
        assertThat(found(live("12:00", null), EVENINGS))
                .containsExactly("It is outside the windows; the next opens at 19:00 UTC");
    }

    @Test
    void windows_do_not_bind_a_rehearsal_but_freezes_do() {
        OpenTimes frozen = times(
                "{\"days\": [\"sun\"], \"from\": \"20:00\", \"to\": \"23:00\"}",
                "{\"from\": \"2026-11-23T00:00:00Z\", \"to\": \"2026-11-24T06:00:00Z\", \"reason\": \"sale\"}");
        assertThat(found(new Wish(at("12:00"), null, false), frozen))
                .containsExactly("It is frozen then, until 24 Nov 06:00 UTC (sale)");
    }

    @Test
    void a_freeze_that_begins_before_the_run_is_over_is_told() {
        OpenTimes later = times("", "{\"from\": \"2026-11-23T22:00:00Z\", \"to\": \"2026-11-24T06:00:00Z\"}");
        assertThat(found(live("21:00", Duration.ofMinutes(90)), later))
                .containsExactly("A freeze begins at 22:00 UTC; such a run usually takes 1 h 30 min");
        assertThat(found(live("21:00", Duration.ofMinutes(60)), later)).isEmpty();
    }

    @Test
    void another_run_on_the_same_service_is_told_when_both_would_be_under_way() {
        var other = new Other(31, at("20:10"), Duration.ofMinutes(30));
        assertThat(Conflicts.of(live("20:00", Duration.ofMinutes(20)), ALWAYS, List.of(other), List.of()))
                .containsExactly("Run 31 is planned for 20:10 UTC on the same service");
        assertThat(Conflicts.of(live("20:30", null), ALWAYS, List.of(other), List.of()))
                .hasSize(1);
        assertThat(Conflicts.of(live("20:00", Duration.ofMinutes(10)), ALWAYS, List.of(other), List.of()))
                .isEmpty();
        assertThat(Conflicts.of(live("20:40", null), ALWAYS, List.of(other), List.of()))
                .isEmpty();
    }

    @Test
    void a_deploy_shortly_before_or_during_the_run_is_told() {
        var deploy = new Announced("shop", "1.4.2", at("21:00"));
        assertThat(Conflicts.of(live("20:30", null), ALWAYS, List.of(), List.of(deploy)))
                .containsExactly("A deploy of shop 1.4.2 is announced for 21:00 UTC");
        assertThat(Conflicts.of(live("21:10", null), ALWAYS, List.of(), List.of(deploy)))
                .hasSize(1);
        assertThat(Conflicts.of(live("21:20", null), ALWAYS, List.of(), List.of(deploy)))
                .isEmpty();
        assertThat(Conflicts.of(live("19:00", null), ALWAYS, List.of(), List.of(deploy)))
                .isEmpty();
    }
}
