package dev.switchback.runbook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.switchback.platform.Json;

/**
 * The runbooks that were read lately, by their text: starting a run, driving it and each look at it read the same
 * revision, and reading a hundred steps takes milliseconds. They are shared, so nobody may change their content. Safe
 * for use by several threads.
 */
final class ReadRunbooks {

    /** In characters of text; a runbook that was read takes some ten times as many bytes. */
    private static final long AT_MOST = 2_000_000;

    private static final Cache<String, Runbook> READ = Caffeine.newBuilder()
            .maximumWeight(AT_MOST)
            .weigher((String text, Runbook read) -> text.length())
            .build();

    private ReadRunbooks() {}

    static Runbook of(String text) {
        return READ.get(text, unread -> Runbook.of(Json.object(unread)));
    }
}
