package dev.switchback.engine;

/**
 * The right to drive a run.
 *
 * @param runId the run
 * @param fence grows with every lease: a write with an old one changes nothing
 */
public record Lease(long runId, long fence) {}
