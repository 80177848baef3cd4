package dev.switchback.schedule;

import java.time.Instant;
import java.util.List;

/**
 * When a run may begin, for the page that starts it.
 *
 * @param at the moment that was looked at: the planned one, or now
 * @param openings the next times at which live runs begin to be allowed; empty where they always are
 * @param conflicts what would be in the way at that moment
 */
public record StartTimes(Instant at, List<Opening> openings, List<String> conflicts) {

    public StartTimes {
        openings = List.copyOf(openings);
        conflicts = List.copyOf(conflicts);
    }
}
