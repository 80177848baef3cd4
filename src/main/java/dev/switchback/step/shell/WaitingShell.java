package dev.switchback.step.shell;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A small shell in a session of its own, its outputs in pipes, that waits to be told what to become. It becomes that by
 * {@code exec}: the process that runs the step then is the very one that {@code bash} started for it would be, with its
 * directory, its environment and nothing else. It waits for {@link #LONGEST} at most, and ends by itself when whoever
 * started it is gone: it reads the end of its input then, and what was told in half is never carried out. One thread at a
 * time.
 */
final class WaitingShell implements AutoCloseable {

    /** A process of an attempt must not seem much older than its attempt: {@link ProcessTree} looks at that. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    /** In bytes: what a pipe takes at once, whatever happens to the shell. */
    private static final int LONGEST_ORDER = 32 * 1024;

    /** What the small shell itself keeps under these names. */
    private static final Set<String> ITS_OWN = Set.of(
            "_",
            "PWD",
            "OLDPWD",
            "PPID",
            "OPTIND",
            "OPTARG",
            "LINENO",
            "MAIL",
            "MAILPATH",
            "MAILCHECK",
            "TERM",
            "HISTSIZE",
            "FCEDIT",
            "EDITOR",
            "VISUAL",
            "SHLVL");

    private final StartedProcess started;
    private final OutputStream orders;
    private final long since = System.nanoTime();

    private WaitingShell(StartedProcess started, OutputStream orders) {
        this.started = started;
        this.orders = orders;
    }

    /** Starts one; empty where there is no such shell. */
    static Optional<WaitingShell> start() {
        Optional<String> dash = ShellStepExecutor.program("dash");
        Optional<String> setsid = ShellStepExecutor.program("setsid");
        if (dash.isEmpty() || setsid.isEmpty()) {
            return Optional.empty();
        }
        var builder = new ProcessBuilder(setsid.get(), dash.get());
        builder.environment().clear();
        return OutputPipe.open().flatMap(input -> start(builder, input));
    }

    private static Optional<WaitingShell> start(ProcessBuilder builder, OutputPipe input) {
        Optional<StartedProcess> started = StartedProcess.withOwnPipes(builder.redirectInput(input.file()));
        try {
            if (started.isPresent()) {
                return Optional.of(new WaitingShell(started.get(), input.writing()));
            }
            input.close();
        } catch (IOException gone) {
            started.ifPresent(process -> process.process().destroyForcibly());
        }
        return Optional.empty();
    }

    /** The shell, and later what it became. */
    Process process() {
        return started.process();
    }

    /** Where it is told what to become. */
    OutputStream orders() {
        return orders;
    }

    /** Whether it still may be used. */
    boolean isFit() {
        return System.nanoTime() - since < LONGEST.toNanos()
                && started.process().isAlive();
    }

    /** Whether it can become this at all. */
    static boolean fits(ShellCommand command) {
        return command.environment().keySet().stream().noneMatch(ITS_OWN::contains)
                && Files.isExecutable(command.directory().toPath())
                && order(command).length <= LONGEST_ORDER;
    }

    /**
     * Becomes this.
     *
     * @return the running command; empty when the shell was gone, and nothing was started
     */
    Optional<StartedProcess> become(ShellCommand command) {
        try {
            orders.write(order(command));
            orders.close();
            return Optional.of(started);
        } catch (IOException gone) {
            close();
            return Optional.empty();
        }
    }

    /** One compound command: read to its end before anything of it is done. */
    private static byte[] order(ShellCommand command) {
        var order = new StringBuilder("{\ncd ").append(quoted(path(command.directory())));
        order.append(" || exit 126\nunset PWD OLDPWD\n");
        command.environment()
                .forEach((name, value) -> order.append("export ")
                        .append(name)
                        .append('=')
                        .append(quoted(value))
                        .append('\n'));
        order.append("exec");
        command.line().forEach(word -> order.append(' ').append(quoted(word)));
        return order.append(" </dev/null\n}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String path(File directory) {
        return directory.getPath();
    }

    /** Between single quotes nothing means anything but the single quote. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Ends it, unless it has become something else. */
    @Override
    public void close() {
        for (var each : List.of(orders, started.out(), started.err())) {
            try {
                each.close();
            } catch (IOException goneAlready) {
                started.process().destroy();
            }
        }
    }
}
