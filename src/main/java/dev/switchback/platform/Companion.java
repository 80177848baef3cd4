package dev.switchback.platform;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Something that runs beside the server and ends with it, such as the demo shops. Found with {@link
 * ServiceLoader}, so that the platform need not know it.
 */
public interface Companion {

    /** Whether it belongs to this command. */
    boolean wanted(CommandLine command);

    /**
     * Starts it, before the server itself. Closing the result ends all of it.
     *
     * @param database the embedded database, when there is one
     * @throws StartRefused with one sentence when it cannot; it leaves nothing running then
     */
    AutoCloseable start(CommandLine command, DataDirectory data, Optional<LocalPostgres> database);

    /** Ends what a killed server left running on this data directory, and says in words what that was. */
    List<String> endLeftBehind(DataDirectory data);

    /** All there are. */
    static List<Companion> all() {
        return ServiceLoader.load(Companion.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
