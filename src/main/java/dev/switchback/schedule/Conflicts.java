package dev.switchback.schedule;

import dev.switchback.environment.EnvironmentContent.Freeze;
import dev.switchback.environment.OpenTimes;
import dev.switchback.step.Durations;
import dev.switchback.web.Labels;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What would get into the way of a run that begins at some moment, in sentences. Pure. */
public final class Conflicts {

    /** What nobody has timed yet is taken to last so long. */
    static final Duration UNKNOWN = Duration.ofHours(1);

    /** A deploy shortly before a run is still settling when it begins. */
    static final Duration SETTLING = Duration.ofMinutes(15);

    private Conflicts() {}

    /**
     * A run that is to begin.
     *
     * @param start when
     * @param usually how long it usually takes; null when not known
     * @param isLive whether windows hold for it
     */
    public record Wish(Instant start, Duration usually, boolean isLive) {

        Instant end() {
            return start.plus(usually == null ? UNKNOWN : usually);
        }
    }

    /**
     * Another run that is planned for the same service there.
     *
     * @param run its number
     * @param usually how long it usually takes; null when not known
     */
    public record Other(long run, Instant start, Duration usually) {

        private boolean meets(Wish wish) {
            Instant end = start.plus(usually == null ? UNKNOWN : usually);
            return start.isBefore(wish.end()) && wish.start().isBefore(end);
        }
    }

    /** A deploy that is announced for the same service there. */
    public record Announced(String service, String version, Instant at) {

        private boolean meets(Wish wish) {
            return !at.isBefore(wish.start().minus(SETTLING)) && at.isBefore(wish.end());
        }
    }

    /** What is in the way, the hardest first; empty when nothing is known to be. */
    public static List<String> of(Wish wish, OpenTimes times, List<Other> others, List<Announced> deploys) {
        var sentences = new ArrayList<String>();
        Optional<Freeze> frozen = times.frozenAt(wish.start());
        frozen.ifPresent(freeze -> sentences.add("It is frozen then, until " + at(freeze.to(), wish) + reason(freeze)));
        if (frozen.isEmpty()) {
            freezeBegins(wish, times).ifPresent(sentences::add);
        }
        if (wish.isLive()) {
            window(wish, times).ifPresent(sentences::add);
        }
        others.stream()
                .filter(other -> other.meets(wish))
                .forEach(other -> sentences.add(
                        "Run " + other.run() + " is planned for " + at(other.start(), wish) + " on the same service"));
        deploys.stream()
                .filter(deploy -> deploy.meets(wish))
                .forEach(deploy -> sentences.add("A deploy of " + deploy.service() + " " + deploy.version()
                        + " is announced for " + at(deploy.at(), wish)));
        return List.copyOf(sentences);
    }

    private static Optional<String> freezeBegins(Wish wish, OpenTimes times) {
        return times.nextFreeze(wish.start())
                .filter(freeze -> freeze.from().isBefore(wish.end()))
                .map(freeze -> "A freeze begins at " + at(freeze.from(), wish) + reason(freeze) + takes(wish));
    }

    private static Optional<String> window(Wish wish, OpenTimes times) {
        if (!times.inWindow(wish.start())) {
            return Optional.of("It is outside the windows"
                    + times.opensFrom(wish.start())
                            .map(opens -> "; the next opens at " + at(opens, wish))
                            .orElse(""));
        }
        return times.windowClosesAfter(wish.start())
                .filter(closes -> closes.isBefore(wish.end()))
                .map(closes -> "The window closes at " + at(closes, wish) + takes(wish));
    }

    private static String takes(Wish wish) {
        return wish.usually() == null
                ? "; how long the run takes is not known"
                : "; such a run usually takes " + duration(wish.usually());
    }

    private static String reason(Freeze freeze) {
        return freeze.reason().isEmpty() ? "" : " (" + freeze.reason() + ")";
    }

    private static String duration(Duration time) {
        boolean isLong = time.compareTo(Duration.ofHours(1)) >= 0;
        return Durations.words(time.truncatedTo(isLong ? ChronoUnit.MINUTES : ChronoUnit.SECONDS));
    }

    /** The time of day, and the day where it is another than that of the start. */
    private static String at(Instant moment, Wish wish) {
        return moment.atZone(ZoneOffset.UTC).getYear() > 9000
                ? "for ever"
                : Labels.shortly(moment, wish.start()) + " UTC";
    }
}
