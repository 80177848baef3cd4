package dev.switchback.environment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A time of the week in which live runs are allowed, the end excluded. One that ends at or before the time at which it
 * begins goes on over midnight and belongs to the day on which it began.
 *
 * <p>Where the clock is set forward, a time that does not exist is the moment of the jump: a window that lies within the
 * jump does not open on that day. Where it is set back, a time that comes twice is the first of the two: a window is one
 * piece, and those that touch each other still do.
 *
 * @param days on which it opens, at least one
 * @param from when it opens, on the clock of the zone
 * @param to when it closes; {@code 00:00} is the end of the day, like {@code 24:00} in a file
 * @param zone whose clock it goes by
 * @param reason why it is then, or empty
 */
public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, String reason) {

    /** A window opens at least once a week; where the jump of a clock swallows it, the week after. */
    private static final int FAR_ENOUGH = 15;

    public Window {
        days = Set.copyOf(days);
    }

    /**
     * A piece of time, the end excluded.
     *
     * @param from the first moment
     * @param to the first moment after it
     */
    public record Span(Instant from, Instant to) {

        /** Whether it holds at this moment. */
        public boolean holdsAt(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(to);
        }
    }

    /** The window that a file describes: without days it opens every day, without a zone it goes by UTC. */
    static Window of(JsonNode window) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        window.path("days").forEach(day -> days.add(day(day.asText())));
        return new Window(
                days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days,
                LocalTime.parse(window.path("from").asText()),
                end(window.path("to").asText()),
                ZoneId.of(window.path("zone").asText("UTC")),
                window.path("reason").asText(""));
    }

    private static LocalTime end(String to) {
        return to.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(to);
    }

    private static DayOfWeek day(String word) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().toLowerCase(Locale.ROOT).startsWith(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no day of the week: " + word));
    }

    /** Whether it is open at this moment. */
    public boolean holdsAt(Instant moment) {
        return spanAt(moment).isPresent();
    }

    /** When it opens next after this moment, even if it is open then. */
    public Optional<Instant> opensAfter(Instant moment) {
        return spansFrom(moment)
                .map(Span::from)
                .filter(opens -> opens.isAfter(moment))
                .findFirst();
    }

    /** When it closes; empty when it is not open at this moment. */
    public Optional<Instant> closesAfter(Instant moment) {
        return spanAt(moment).map(Span::to);
    }

    private Optional<Span> spanAt(Instant moment) {
        return spansFrom(moment).limit(3).filter(span -> span.holdsAt(moment)).findFirst();
    }

    /** Every time it opens, from one day before this moment on; those that a jump of the clock swallows are left out. */
    private Stream<Span> spansFrom(Instant moment) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        return LongStream.rangeClosed(-1, FAR_ENOUGH)
                .mapToObj(today::plusDays)
                .filter(day -> days.contains(day.getDayOfWeek()))
                .map(this::span)
                .filter(span -> span.to().isAfter(span.from()));
    }

    private Span span(LocalDate day) {
        LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
        return new Span(at(day.atTime(from)), at(last.atTime(to)));
    }

    private Instant at(LocalDateTime clock) {
        ZoneOffsetTransition jump = zone.getRules().getTransition(clock);
        return jump != null && jump.isGap()
                ? jump.getInstant()
                : clock.atZone(zone).toInstant();
    }

    /** How a person says it: {@code Mon–Thu 20:00–23:00 Europe/Berlin}. */
    public String words() {
        return daysInWords() + " " + hours() + " " + zone;
    }

    private String hours() {
        return from.equals(to) && from.equals(LocalTime.MIDNIGHT) ? "all day" : from + "–" + end();
    }

    private String end() {
        return to.equals(LocalTime.MIDNIGHT) ? "24:00" : to.toString();
    }

    private String daysInWords() {
        if (days.size() == DayOfWeek.values().length) {
            return "Every day";
        }
        var words = new ArrayList<String>();
        for (DayOfWeek day : DayOfWeek.values()) {
            if (days.contains(day) && !continues(day)) {
                words.add(runOfDays(day));
            }
        }
        return String.join(", ", words);
    }

    private boolean continues(DayOfWeek day) {
        return day != DayOfWeek.MONDAY && days.contains(day.minus(1));
    }

    private String runOfDays(DayOfWeek first) {
        List<DayOfWeek> run = new ArrayList<>(List.of(first));
        while (run.get(run.size() - 1) != DayOfWeek.SUNDAY
                && days.contains(run.get(run.size() - 1).plus(1))) {
            run.add(run.get(run.size() - 1).plus(1));
        }
        String last = word(run.get(run.size() - 1));
        return run.size() == 1 ? word(first) : word(first) + (run.size() == 2 ? ", " : "–") + last;
    }

    private static String word(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }
}
