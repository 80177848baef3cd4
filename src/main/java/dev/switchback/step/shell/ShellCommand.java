package dev.switchback.step.shell;

import java.io.File;
import java.util.List;
import java.util.Map;

/**
 * What is to be started, and where.
 *
 * @param line the program and its arguments
 * @param directory where it works
 * @param environment everything that stands in its environment
 */
record ShellCommand(List<String> line, File directory, Map<String, String> environment) {

    ShellCommand {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
    }

    /** The same in a session of its own, so that signals meant for the server's terminal never reach it. */
    ProcessBuilder inItsOwnSession() {
        var own = new java.util.ArrayList<String>();
        ShellStepExecutor.program("setsid").ifPresent(own::add);
        own.addAll(line);
        var builder = new ProcessBuilder(own).directory(directory);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
