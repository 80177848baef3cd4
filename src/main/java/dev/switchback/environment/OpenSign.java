package dev.switchback.environment;

import dev.switchback.environment.EnvironmentContent.Freeze;
import dev.switchback.environment.Window.Span;
import dev.switchback.step.Durations;
import dev.switchback.web.Labels;
import dev.switchback.web.Mark;
import dev.switchback.web.Marks;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The sign on the door of an environment: whether live runs are allowed now, and when next. Pure.
 *
 * @param mark open or closed
 * @param words the whole sentence
 * @param days the next 14 days, in UTC; empty where they are always allowed
 */
public record OpenSign(Mark mark, String words, List<OpenDay> days) {

    private static final int DAYS = 14;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    public OpenSign {
        days = List.copyOf(days);
    }

    static OpenSign of(OpenTimes times, Instant now) {
        Optional<Freeze> frozen = times.frozenAt(now);
        boolean isOpen = times.openAt(now);
        Mark mark = frozen.isPresent()
                ? Marks.of("lock", "Frozen now", "s-wait")
                : isOpen ? Marks.of("ok", "Open now", "s-ok") : Marks.of("pause", "Closed now", "s-idle");
        return new OpenSign(mark, isOpen ? open(times, now) : closed(times, now), days(times, now));
    }

    private static String open(OpenTimes times, Instant now) {
        return times.closesAfter(now)
                .map(closes -> "Open now until " + at(closes, now) + ", " + away(now, closes) + " more")
                .orElse(times.windows().isEmpty() ? "Live runs are allowed at any time" : "Open now, around the clock");
    }

    private static String closed(OpenTimes times, Instant now) {
        String why = times.frozenAt(now)
                .map(freeze -> "Frozen until " + at(freeze.to(), now))
                .orElse("Closed");
        return times.opensFrom(now)
                .map(opens -> why + "; opens " + day(opens) + " " + TIME.format(opens) + " UTC, in " + away(now, opens))
                .orElse(why + "; nothing opens in sight");
    }

    private static String at(Instant moment, Instant now) {
        return Labels.shortly(moment, now) + " UTC";
    }

    private static String day(Instant moment) {
        return DAY.format(moment.atZone(ZoneOffset.UTC));
    }

    private static String away(Instant now, Instant then) {
        Duration time = Duration.between(now, then);
        if (time.toDays() >= 2) {
            return time.toDays() + " days";
        }
        return Durations.words(
                time.compareTo(Duration.ofMinutes(1)) < 0
                        ? time.truncatedTo(ChronoUnit.SECONDS)
                        : time.truncatedTo(ChronoUnit.MINUTES));
    }

    private static List<OpenDay> days(OpenTimes times, Instant now) {
        boolean isAlways = times.windowClosesAfter(now).isEmpty() && times.inWindow(now);
        Instant end = now.plus(Duration.ofDays(DAYS));
        boolean freezes = times.freezes().stream()
                .anyMatch(freeze -> freeze.to().isAfter(now) && freeze.from().isBefore(end));
        var days = new ArrayList<OpenDay>();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (int i = 0; i < DAYS && !(isAlways && !freezes); i++) {
            days.add(day(times, today.plusDays(i)));
        }
        return days;
    }

    private static OpenDay day(OpenTimes times, LocalDate day) {
        Instant from = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant to = from.plus(Duration.ofDays(1));
        List<Span> open = times.between(from, to);
        if (!open.isEmpty()) {
            boolean all = open.equals(List.of(new Span(from, to)));
            return new OpenDay(
                    DAY.format(day),
                    all ? "all day" : open.stream().map(span -> hours(span, to)).collect(Collectors.joining(", ")),
                    true);
        }
        boolean frozen = times.freezes().stream()
                .anyMatch(freeze -> freeze.from().isBefore(to) && freeze.to().isAfter(from));
        return new OpenDay(DAY.format(day), frozen ? "frozen" : "closed", false);
    }

    private static String hours(Span span, Instant endOfDay) {
        return TIME.format(span.from()) + "–" + (span.to().equals(endOfDay) ? "24:00" : TIME.format(span.to()));
    }
}
