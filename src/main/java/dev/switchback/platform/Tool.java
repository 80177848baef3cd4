package dev.switchback.platform;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A command that needs neither server nor database. Found with {@link ServiceLoader}, so that the platform need not know
 * it.
 */
public interface Tool {

    /** The command. */
    String name();

    /**
     * Does it.
     *
     * @param arguments what stands behind the command
     * @return the exit status
     */
    int run(List<String> arguments, PrintStream out, PrintStream err);

    /** The tool with this name. */
    static Optional<Tool> named(String name) {
        return ServiceLoader.load(Tool.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(tool -> tool.name().equals(name))
                .findFirst();
    }
}
