package dev.switchback.sampling;

import java.time.Instant;
import java.util.Optional;

/**
 * What came of one metric.
 *
 * @param plan the metric
 * @param startedAt the wall-clock moment that the times of its samples count from
 * @param endedAt when it was over
 * @param facts what was noticed besides the samples
 * @param trouble why it could not be taken, or not to its end; empty when it was, or when the brake was pulled
 */
public record Sitting(
        MetricPlan plan, Instant startedAt, Instant endedAt, SittingFacts facts, Optional<CouldNotAsk> trouble) {}
