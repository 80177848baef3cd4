package dev.switchback.migration;

import java.util.Optional;

/**
 * What somebody is looking for. Empty means: any.
 *
 * @param service the exact service
 * @param owner the exact owner
 * @param state the state
 * @param environment the key of an environment in which it ran, or is running
 * @param text part of the title, the key or the service, in any case
 */
public record MigrationQuery(
        Optional<String> service,
        Optional<String> owner,
        Optional<MigrationState> state,
        Optional<String> environment,
        Optional<String> text) {

    /** Everything. */
    public static final MigrationQuery ANY =
            new MigrationQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** In any environment, or in none so far. */
    public MigrationQuery(
            Optional<String> service, Optional<String> owner, Optional<MigrationState> state, Optional<String> text) {
        this(service, owner, state, Optional.empty(), text);
    }
}
