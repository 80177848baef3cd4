package dev.switchback.run;

import dev.switchback.access.Seen;
import java.util.Optional;

/**
 * Which runs somebody is looking for. Empty means: any.
 *
 * @param state the state
 * @param environment the key of the environment
 * @param service the exact service
 * @param migration the key of the migration
 * @param seen what of them may be seen
 */
public record RunQuery(
        Optional<RunState> state,
        Optional<String> environment,
        Optional<String> service,
        Optional<String> migration,
        Seen seen) {

    /** All that fit, whoever asks. */
    public RunQuery(
            Optional<RunState> state,
            Optional<String> environment,
            Optional<String> service,
            Optional<String> migration) {
        this(state, environment, service, migration, Seen.ALL);
    }

    /** Only those of them that may be seen. */
    public RunQuery within(Seen limits) {
        return new RunQuery(state, environment, service, migration, limits);
    }

    /** Every run. */
    public static final RunQuery ANY =
            new RunQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The same, in whatever state. */
    RunQuery inAnyState() {
        return new RunQuery(Optional.empty(), environment, service, migration, seen);
    }
}
