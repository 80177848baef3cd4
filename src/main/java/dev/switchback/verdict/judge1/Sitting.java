package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Leg;
import dev.switchback.verdict.Reading;
import dev.switchback.verdict.Sample;
import dev.switchback.verdict.Samples;
import dev.switchback.verdict.Side;
import java.util.List;

/**
 * What one leg measured of one metric, without the warm-up.
 *
 * @param leg the leg
 * @param samples its samples as they came
 * @param requests those after the warm-up
 */
record Sitting(Leg leg, Samples samples, List<Sample> requests) {

    static Sitting of(Leg leg, String metric) {
        Samples samples = leg.samples(metric);
        return new Sitting(
                leg,
                samples,
                samples.requests().stream().filter(sample -> !sample.warmUp()).toList());
    }

    Side side() {
        return leg.side();
    }

    List<Reading> readings() {
        return samples.readings();
    }

    boolean isEmpty() {
        return requests.isEmpty() && readings().isEmpty();
    }
}
