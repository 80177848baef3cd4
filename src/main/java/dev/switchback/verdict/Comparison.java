package dev.switchback.verdict;

import java.util.List;

/**
 * All that a judge is told about two sides: what was declared, what was measured in which leg, and what is known about
 * the circumstances. The same comparison gets the same verdict, bit for bit, from the same version of the judge.
 *
 * @param alpha how often a claim may be false, 0.05 unless the organisation fixed it otherwise
 * @param extended whether blocks were added after an inconclusive verdict: the second look uses half of {@code alpha}
 * @param interleaved whether both versions were up and their blocks took turns
 * @param metrics what was declared, in the order of the page; others may be there as explored
 * @param legs the sittings in the order in which they were carried out
 * @param unexpectedSettings settings that differ between the sides although this migration does not change them, one
 *     line each ("cache.ttl was 60, is 300"); null when no settings were captured
 */
public record Comparison(
        double alpha,
        boolean extended,
        boolean interleaved,
        List<Metric> metrics,
        List<Leg> legs,
        List<String> unexpectedSettings) {

    /** The default of {@link #alpha}. */
    public static final double ALPHA = 0.05;

    public Comparison {
        metrics = List.copyOf(metrics);
        legs = List.copyOf(legs);
        unexpectedSettings = unexpectedSettings == null ? null : List.copyOf(unexpectedSettings);
    }

    /** The legs of a side, in the order in which they were carried out. */
    public List<Leg> legs(Side side) {
        return legs.stream().filter(leg -> leg.side() == side).toList();
    }

    /** What a claim must undercut: half of {@link #alpha} at the second look. */
    public double level() {
        return extended ? alpha / 2 : alpha;
    }
}
