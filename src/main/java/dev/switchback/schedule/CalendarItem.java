package dev.switchback.schedule;

import dev.switchback.web.Mark;
import dev.switchback.web.Marks;
import java.time.Instant;
import java.util.List;

/**
 * Something in the calendar.
 *
 * @param kind {@code run}, {@code deploy}, {@code freeze} or {@code window}
 * @param from when it begins
 * @param to when it ends, as far as that is known; null when not, or for ever
 * @param environment the key of where
 * @param tier its tier
 * @param service of what, or null for a freeze or a window
 * @param title what it is
 * @param href where more is said of it
 * @param conflicts what would be in its way
 */
public record CalendarItem(
        String kind,
        Instant from,
        Instant to,
        String environment,
        String tier,
        String service,
        String title,
        String href,
        List<String> conflicts) {

    public CalendarItem {
        conflicts = List.copyOf(conflicts);
    }

    /** How it looks. */
    public Mark mark() {
        return switch (kind) {
            case "run" ->
                conflicts.isEmpty()
                        ? Marks.of("idle", "Planned", "s-idle")
                        : Marks.of("warn", "Planned, in conflict", "s-wait");
            case "deploy" -> Marks.of("up", "Deploy", "s-back");
            case "freeze" -> Marks.of("lock", "Frozen", "s-wait");
            default -> Marks.of("play", "Open", "s-ok");
        };
    }
}
