package dev.switchback.schedule;

import dev.switchback.environment.Environment;
import dev.switchback.environment.OpenTimes;
import dev.switchback.environment.Window.Span;
import dev.switchback.run.PlannedRuns;
import dev.switchback.run.PlannedRuns.PlannedRun;
import dev.switchback.web.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks ahead of a start: when it may be, and what would be in its way. Needs a transaction. */
@ApplicationScoped
public class LookAhead {

    private static final int OPENINGS = 3;

    /** What began earlier than so is over, or holds the lock. */
    private static final Duration AROUND = Duration.ofDays(1);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    @Inject
    PlannedRuns runs;

    @Inject
    Deploys deploys;

    @Inject
    InstantSource clock;

    /**
     * For a live run that is about to be asked for.
     *
     * @param start when it would begin
     * @param usually how long it usually takes; null when not known
     * @param address the page that starts it, to which the time is added
     */
    public StartTimes of(Environment environment, String service, Instant start, Duration usually, String address) {
        OpenTimes times = environment.content().openTimes();
        var wish = new Conflicts.Wish(start, usually, true);
        return new StartTimes(
                start,
                openings(times, address),
                Conflicts.of(wish, times, others(environment, service, wish), announced(environment, service, wish)));
    }

    private List<Conflicts.Other> others(Environment environment, String service, Conflicts.Wish wish) {
        return runs
                .between(wish.start().minus(AROUND), wish.end(), Optional.of(environment.key()), Optional.of(service))
                .all()
                .stream()
                .map(LookAhead::other)
                .toList();
    }

    static Conflicts.Other other(PlannedRun planned) {
        return new Conflicts.Other(
                planned.run().id(), planned.run().startAt(), planned.usually().orElse(null));
    }

    private List<Conflicts.Announced> announced(Environment environment, String service, Conflicts.Wish wish) {
        return deploys
                .between(
                        wish.start().minus(Conflicts.SETTLING),
                        wish.end(),
                        Optional.of(environment.key()),
                        Optional.of(service))
                .all()
                .stream()
                .map(LookAhead::announced)
                .toList();
    }

    static Conflicts.Announced announced(Deploy deploy) {
        return new Conflicts.Announced(deploy.service(), deploy.version(), deploy.at());
    }

    private List<Opening> openings(OpenTimes times, String address) {
        return times.next(clock.instant(), OPENINGS).stream()
                .map(span -> opening(span, address))
                .toList();
    }

    private Opening opening(Span span, String address) {
        // The field of the form has minutes; to begin a moment too early would be outside.
        Instant whole = span.from().truncatedTo(ChronoUnit.MINUTES);
        Instant at = whole.equals(span.from()) ? whole : whole.plus(1, ChronoUnit.MINUTES);
        LocalDateTime from = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        String until = span.to().equals(Instant.MAX) ? "" : ", until " + Labels.shortly(span.to(), at);
        return new Opening(at, day(from.toLocalDate()) + " " + TIME.format(from) + until, address + "&startAt=" + from);
    }

    private String day(LocalDate day) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return day.equals(today) ? "today" : day.equals(today.plusDays(1)) ? "tomorrow" : DAY.format(day);
    }
}
