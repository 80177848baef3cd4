package dev.switchback.run;

import java.util.Optional;

/**
 * Which runs somebody is looking for. Empty means: any.
 *
 * @param state the state
 * @param environment the key of the environment
 * @param service the exact service
 * @param migration the key of the migration
 */
public record RunQuery(
        Optional<RunState> state, Optional<String> environment, Optional<String> service, Optional<String> migration) {

    /** Every run. */
    public static final RunQuery ANY =
            new RunQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The same, in whatever state. */
    RunQuery inAnyState() {
        return new RunQuery(Optional.empty(), environment, service, migration);
    }
}
