package dev.switchback.verdict;

/**
 * One number that was read: from Prometheus, SQL, a command, or counted statements a request.
 *
 * @param block the block of its leg, counted from 0; several readings of a block become their median
 * @param atMs when, milliseconds since the leg began
 * @param value the number
 */
public record Reading(int block, double atMs, double value) {}
