package dev.switchback.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A valid document of a runbook file.
 *
 * @param kind {@code Environment} or {@code Migration}
 * @param key its key
 * @param firstLine the line of the file on which it begins, from 1
 * @param content what it says: members in file order, values as written, nothing filled in
 * @param source its exact text, comments included, without the line that separates documents
 */
public record ReadDocument(String kind, String key, int firstLine, ObjectNode content, String source) {}
