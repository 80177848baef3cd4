package dev.switchback.platform;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A command that needs the database but no server: it works while one is running and while none is. Found with {@link
 * ServiceLoader}, so that the platform need not know it.
 */
public interface DatabaseTool {

    /** The command. */
    String name();

    /**
     * Does it.
     *
     * @param connection which commits by itself
     * @param data the data directory
     * @return the exit status
     */
    int run(Connection connection, Path data, PrintStream out) throws SQLException;

    /** The tool with this name. */
    static Optional<DatabaseTool> named(String name) {
        return ServiceLoader.load(DatabaseTool.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(tool -> tool.name().equals(name))
                .findFirst();
    }
}
