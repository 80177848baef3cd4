package dev.switchback.verdict;

import java.util.List;

/**
 * Whether the effect came with the change, went with the rollback, and came again.
 *
 * @param switches change of each of the three switches in the direction of the change: 0.2 is 20 % (or in the unit of
 *     the values), the middle one turned round so that equal signs mean agreement
 * @param gap the larger of the two gaps between legs of the same state, on the same scale
 * @param follows whether all switches agree and the effect is at least 1.5 times the gap
 * @param words the same as a sentence
 */
public record Reversal(List<Double> switches, double gap, boolean follows, String words) {

    public Reversal {
        switches = List.copyOf(switches);
    }
}
