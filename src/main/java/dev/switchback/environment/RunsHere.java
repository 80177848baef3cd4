package dev.switchback.environment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the page of an environment wants to know of the runs in it. Asked here, answered by the room of the runs. */
public interface RunsHere {

    /**
     * A run in this environment.
     *
     * @param id its number
     * @param migration the key of the migration
     * @param title its title
     * @param service the service that it holds while it is not over
     * @param purpose rehearsal, live or rollback
     * @param state the word of its state
     * @param isOver whether it holds nothing any more
     * @param at when it began, or was asked for
     * @param took how long it took, or has taken; null when it has not begun
     */
    record RunHere(
            long id,
            String migration,
            String title,
            String service,
            String purpose,
            String state,
            boolean isOver,
            Instant at,
            Duration took) {}

    /** The latest, newest first. */
    List<RunHere> latest(Environment environment, int limit);
}
