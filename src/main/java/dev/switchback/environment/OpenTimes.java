package dev.switchback.environment;

import dev.switchback.environment.EnvironmentContent.Freeze;
import dev.switchback.environment.Window.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When live runs may start in an environment: within one of its windows, at any time without one, and in no freeze.
 * Windows that touch or overlap are one opening. Pure.
 *
 * @param windows when live runs are allowed; none means always
 * @param freezes when nothing live starts
 */
public record OpenTimes(List<Window> windows, List<Freeze> freezes) {

    /** Nobody plans further; what closes later than this is said not to close. */
    private static final Duration FAR = Duration.ofDays(60);

    /** A freeze ends and a window opens at most this often until one does not hold and the other does. */
    private static final int TRIES = 2_000;

    public OpenTimes {
        windows = List.copyOf(windows);
        freezes = List.copyOf(freezes);
    }

    /** Whether one of the windows is open, whatever is frozen; true without windows. */
    public boolean inWindow(Instant moment) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.holdsAt(moment));
    }

    /** The freeze that holds at this moment and ends last, if any. */
    public Optional<Freeze> frozenAt(Instant moment) {
        return freezes.stream().filter(freeze -> freeze.holdsAt(moment)).max(Comparator.comparing(Freeze::to));
    }

    /** Whether a live run may start at this moment. */
    public boolean openAt(Instant moment) {
        return inWindow(moment) && frozenAt(moment).isEmpty();
    }

    /** The first moment, this one included, at which a live run may start; empty when there is none in sight. */
    public Optional<Instant> opensFrom(Instant moment) {
        Instant tried = moment;
        for (int i = 0; i < TRIES && tried.isBefore(moment.plus(Duration.ofDays(3650))); i++) {
            Optional<Freeze> freeze = frozenAt(tried);
            if (freeze.isPresent()) {
                tried = freeze.get().to();
            } else if (inWindow(tried)) {
                return Optional.of(tried);
            } else {
                tried = nextWindow(tried).orElse(Instant.MAX);
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> nextWindow(Instant moment) {
        return windows.stream()
                .flatMap(window -> window.opensAfter(moment).stream())
                .min(Comparator.naturalOrder());
    }

    /** When the windows that are open at this moment close; empty when none is, or none closes in sight. */
    public Optional<Instant> windowClosesAfter(Instant moment) {
        if (windows.isEmpty() || !inWindow(moment)) {
            return Optional.empty();
        }
        Instant closes = moment;
        Optional<Instant> later = laterClose(closes);
        while (later.isPresent() && later.get().isBefore(moment.plus(FAR))) {
            closes = later.get();
            later = laterClose(closes);
        }
        return later.isPresent() ? Optional.empty() : Optional.of(closes);
    }

    private Optional<Instant> laterClose(Instant moment) {
        return windows.stream()
                .flatMap(window -> window.closesAfter(moment).stream())
                .max(Comparator.naturalOrder());
    }

    /** When a live run may no longer start, by a window or by a freeze; empty when it may not now, or may for good. */
    public Optional<Instant> closesAfter(Instant moment) {
        if (!openAt(moment)) {
            return Optional.empty();
        }
        Optional<Instant> window = windowClosesAfter(moment);
        Optional<Instant> freeze = nextFreeze(moment).map(Freeze::from);
        return window.isPresent() && freeze.isPresent()
                ? window.filter(closes -> closes.isBefore(freeze.get())).or(() -> freeze)
                : window.or(() -> freeze);
    }

    /** The freeze that begins next after this moment. */
    public Optional<Freeze> nextFreeze(Instant moment) {
        return freezes.stream().filter(freeze -> freeze.from().isAfter(moment)).min(Comparator.comparing(Freeze::from));
    }

    /** When live runs may start between two moments, in order, cut at both. */
    public List<Span> between(Instant from, Instant to) {
        var open = new ArrayList<Span>();
        Optional<Instant> opens = opensFrom(from);
        while (opens.isPresent() && opens.get().isBefore(to)) {
            Instant closes = closesAfter(opens.get()).filter(to::isAfter).orElse(to);
            open.add(new Span(opens.get(), closes));
            opens = closes.isBefore(to) ? opensFrom(closes) : Optional.empty();
        }
        return List.copyOf(open);
    }

    /** The next times at which live runs begin to be allowed, this moment left out, at most so many. */
    public List<Span> next(Instant moment, int limit) {
        var openings = new ArrayList<Span>();
        Optional<Instant> opens = closesAfter(moment).or(() -> openAt(moment) ? Optional.empty() : Optional.of(moment));
        while (opens.isPresent() && openings.size() < limit) {
            opens = opensFrom(opens.get());
            if (opens.isPresent()) {
                Optional<Instant> closes = closesAfter(opens.get());
                openings.add(new Span(opens.get(), closes.orElse(Instant.MAX)));
                opens = closes;
            }
        }
        return List.copyOf(openings);
    }
}
