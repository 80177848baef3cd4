package dev.switchback.run;

/** Told after the commit: something about this run is new. */
public record RunChanged(long runId) {}
