package dev.switchback.step.shell;

import dev.switchback.step.CouldNotAskException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A user of the system as whom commands run, other than the one of the server. They are started by {@code setpriv},
 * which becomes that user, gives every capability away and then becomes the command: no process stands in between, so
 * ids, signals and exit statuses are those of the command.
 *
 * @param id its number
 * @param group the number of its main group
 * @param home its home directory
 */
public record ShellUser(String name, long id, long group, String home) {

    private static final long PATIENCE_SECONDS = 10;

    /**
     * Looks the user up and tries it out.
     *
     * @throws CouldNotAskException when there is no such user, it is root, or this server may not become it
     */
    static ShellUser find(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,31}")) {
            throw new CouldNotAskException("“" + name + "” is no name of a user", "the name of a user");
        }
        String[] entry = output(List.of("getent", "passwd", name)).strip().split(":", -1);
        if (entry.length < 7 || !entry[2].matches("[0-9]+")) {
            throw new CouldNotAskException(
                    "there is no user " + name + " on the machine of the Switchback server", "an existing user");
        }
        var user = new ShellUser(name, Long.parseLong(entry[2]), Long.parseLong(entry[3]), entry[5]);
        if (user.id == 0) {
            throw new CouldNotAskException("commands do not run as root", "a user with few rights");
        }
        var line = new ArrayList<>(user.prefix());
        line.add(program("id"));
        line.add("-u");
        if (!output(line).strip().equals(String.valueOf(user.id))) {
            throw new CouldNotAskException(
                    "this server may not start commands as " + name,
                    "a server that runs as root or with the capabilities CAP_SETUID, CAP_SETGID and CAP_KILL");
        }
        return user;
    }

    /** What stands before the command. */
    List<String> prefix() {
        return List.of(
                program("setpriv"),
                "--reuid=" + id,
                "--regid=" + group,
                "--init-groups",
                "--inh-caps=-all",
                "--ambient-caps=-all",
                "--");
    }

    private static String program(String name) {
        return ShellStepExecutor.program(name)
                .orElseThrow(() -> new CouldNotAskException(
                        "there is no " + name + " on the machine of the Switchback server",
                        "util-linux and coreutils"));
    }

    private static String output(List<String> line) {
        var whole = new ArrayList<>(line);
        whole.set(0, line.get(0).startsWith("/") ? line.get(0) : program(line.get(0)));
        var builder = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).exceptionally(late -> {
                process.destroyForcibly();
                return process;
            });
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException notStarted) {
            return "";
        }
    }
}
