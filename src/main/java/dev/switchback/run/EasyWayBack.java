package dev.switchback.run;

import dev.switchback.runbook.Runbook;
import dev.switchback.step.Durations;
import dev.switchback.web.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when a run that is over can be taken back by itself, because its migration says {@code rollbackFor}. Immutable.
 *
 * @param declared how long after its end
 * @param until from then on it is refused
 */
public record EasyWayBack(Duration declared, Instant until) {

    /** The limit of this run; empty when it is not over, or the migration declares none. */
    static Optional<EasyWayBack> of(Run run, Runbook runbook) {
        return run.endedAt() == null || run.purpose() == Purpose.ROLLBACK
                ? Optional.empty()
                : runbook.rollbackFor()
                        .map(declared -> new EasyWayBack(declared, run.endedAt().plus(declared)));
    }

    /** Whether it has ended; the moment itself is still in time. */
    public boolean isOver(Instant now) {
        return now.isAfter(until);
    }

    /** "The easy way back ended 2 days ago (declared: 7 days after the end of the run)". */
    public String ended(Instant now) {
        return "The easy way back ended " + words(Duration.between(until, now)) + " ago (declared: " + words(declared)
                + " after the end of the run)";
    }

    /** {@code 7 days}, {@code 12 h}, {@code 3 min}: days from two days on. */
    static String words(Duration time) {
        return time.toDays() >= 2 || time.toHours() % 24 == 0 && time.toDays() > 0
                ? Words.count(time.toDays(), "day")
                : Durations.words(time);
    }
}
