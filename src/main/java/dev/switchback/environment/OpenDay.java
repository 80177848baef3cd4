package dev.switchback.environment;

/**
 * A day in which live runs are allowed or not.
 *
 * @param day which: {@code Mon 23 Nov}
 * @param hours when they are allowed, or why not
 * @param isOpen whether they are at all
 */
public record OpenDay(String day, String hours, boolean isOpen) {}
