package dev.switchback.edit;

/**
 * One thing to put right, as the summary above the form says it.
 *
 * @param field the id of the element where it is put right; empty for the whole form
 * @param message what is wrong and what was expected, one sentence
 */
public record FormError(String field, String message) {}
