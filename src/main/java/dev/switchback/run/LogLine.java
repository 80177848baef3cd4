package dev.switchback.run;

import dev.switchback.step.StepLog.Stream;
import java.time.Instant;

/**
 * One line of a run's log.
 *
 * @param no its number within the run, from 1, without gaps
 * @param at when Switchback read it
 * @param stream who wrote it
 * @param legNo the leg, from 1
 * @param stepId the step
 * @param attempt the attempt, from 1
 * @param text the line, masked, without its line end
 */
public record LogLine(long no, Instant at, Stream stream, int legNo, String stepId, int attempt, String text) {}
