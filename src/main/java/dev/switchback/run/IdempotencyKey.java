package dev.switchback.run;

/**
 * What a client sends to be able to repeat a request.
 *
 * @param key the client's own word for it
 * @param requestHash what the request said; another request under the same key is refused
 */
public record IdempotencyKey(String key, String requestHash) {}
