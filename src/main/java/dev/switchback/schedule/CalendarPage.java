package dev.switchback.schedule;

import dev.switchback.web.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Two weeks of what is planned, day by day.
 *
 * @param days each day on which something is
 * @param environment the environment that is chosen, empty for every one
 * @param service the service that is chosen, empty for every one
 * @param environments the keys to choose from
 * @param conflicts how many runs are in conflict
 * @param runs how many runs are planned
 * @param until the last day
 * @param cut what there is more of than is shown, as words
 */
public record CalendarPage(
        List<CalendarDay> days,
        String environment,
        String service,
        List<String> environments,
        long conflicts,
        long runs,
        LocalDate until,
        List<String> cut) {

    static final int DAYS = 14;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);

    public CalendarPage {
        days = List.copyOf(days);
        environments = List.copyOf(environments);
        cut = List.copyOf(cut);
    }

    static CalendarPage of(
            ReadCalendar.Found found, Instant now, String environment, String service, List<String> environments) {
        List<CalendarItem> items = found.items();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var days = new ArrayList<CalendarDay>();
        for (int i = 0; i < DAYS; i++) {
            CalendarDay day = day(items, today.plusDays(i), today);
            if (!day.items().isEmpty()) {
                days.add(day);
            }
        }
        return new CalendarPage(
                days,
                environment,
                service,
                environments,
                items.stream().filter(item -> !item.conflicts().isEmpty()).count(),
                items.stream().filter(item -> item.kind().equals("run")).count(),
                today.plusDays(DAYS - 1L),
                found.cut());
    }

    /** What began before is told on the first day that is shown. */
    private static CalendarDay day(List<CalendarItem> items, LocalDate day, LocalDate today) {
        return new CalendarDay(
                (day.equals(today) ? "Today, " : day.equals(today.plusDays(1)) ? "Tomorrow, " : "") + DAY.format(day),
                "day-" + day,
                day.atStartOfDay().toInstant(ZoneOffset.UTC),
                items.stream().filter(item -> shown(item, today).equals(day)).toList());
    }

    private static LocalDate shown(CalendarItem item, LocalDate today) {
        LocalDate begins = LocalDate.ofInstant(item.from(), ZoneOffset.UTC);
        return begins.isBefore(today) ? today : begins;
    }

    /** The answer, as a sentence. */
    public String answer() {
        return runs == 0
                ? "No run is planned until " + DAY.format(until) + "."
                : Words.count(runs, "run") + (runs == 1 ? " is" : " are") + " planned until " + DAY.format(until)
                        + (conflicts == 0 ? ", nothing in the way." : ", " + conflicts + " in conflict.");
    }

    /** "200 runs and 200 deploys", of which there are more; empty when everything is shown. */
    public String cutWords() {
        return cut.stream().map(each -> Deploys.PLENTY + " " + each).collect(Collectors.joining(" and "));
    }

    public boolean isFiltered() {
        return !environment.isEmpty() || !service.isEmpty();
    }
}
