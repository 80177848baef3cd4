package dev.switchback.schedule;

import java.util.List;

/**
 * A day of the calendar.
 *
 * @param title which
 * @param id its anchor
 * @param items what is on it, in order of time
 */
public record CalendarDay(String title, String id, List<CalendarItem> items) {

    public CalendarDay {
        items = List.copyOf(items);
    }
}
