package dev.switchback.schedule;

import java.time.Instant;

/**
 * A time at which live runs begin to be allowed.
 *
 * @param at when
 * @param words how a person says it: {@code today 19:00, until 22:00}
 * @param href the page to start at that time
 */
public record Opening(Instant at, String words, String href) {}
