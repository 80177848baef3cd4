package dev.switchback.comparison;

import java.time.Duration;

/**
 * What is known of the second look at a comparison: whether blocks can be added, or were.
 *
 * @param side before or after: the side to which blocks can be added; null when they cannot
 * @param expected about how long that takes; null when they cannot
 * @param added the measurement that was added or is being added; null when there is none
 * @param isOver whether it is over
 * @param address where both are judged together, without {@code /api/v1}; null while there is nothing to judge
 */
public record SecondLook(String side, Duration expected, Long added, boolean isOver, String address) {

    /** Nothing was added, and nothing can be. */
    static final SecondLook NONE = new SecondLook(null, null, null, false, null);
}
