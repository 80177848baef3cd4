package dev.switchback.schedule;

import java.time.Instant;
import java.util.List;

/**
 * A day of the calendar.
 *
 * @param title which
 * @param id its anchor
 * @param at when it begins
 * @param items what is on it, in order of time
 */
public record CalendarDay(String title, String id, Instant at, List<CalendarItem> items) {

    public CalendarDay {
        items = List.copyOf(items);
    }
}
