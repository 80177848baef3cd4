package dev.switchback.step.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command that was started early: its {@code bash} is there, in its session, its directory and its environment, and
 * waits for a line before the first word of the command. It gets that line when the attempt has begun, and never
 * otherwise: one that is given up, or whose server is gone, reads the end of its input and ends without having done
 * anything. One thread at a time.
 */
final class PreparedCommand implements AutoCloseable {

    /** A process of an attempt must not seem much older than its attempt: {@link ProcessTree} looks at that. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    /** On the first line of the command, so that its lines keep their numbers. A line in half is none. */
    private static final String GATE = "read -r || exit 126; exec </dev/null; unset REPLY; ";

    private static final byte[] GO = {'\n'};

    private final StartedProcess started;
    private final OutputStream input;
    private final Path directory;

    private PreparedCommand(StartedProcess started, OutputStream input, Path directory) {
        this.started = started;
        this.input = input;
        this.directory = directory;
    }

    /** Whether this can be started early at all: it stands in the arguments, and uses nothing that the gate needs. */
    static boolean fits(ShellCommand command) {
        List<String> line = command.line();
        return line.size() > 2
                && line.get(line.size() - 2).equals("-c")
                && !command.environment().containsKey("REPLY")
                && PosixSpawn.isHere();
    }

    /** Starts it; empty when it cannot be had: then it is started in the ordinary way, later. */
    static Optional<PreparedCommand> start(ShellCommand command) {
        var line = new ArrayList<>(command.line());
        line.set(line.size() - 1, GATE + line.get(line.size() - 1));
        try {
            var waiting = PosixSpawn.startReading(new ShellCommand(line, command.directory(), command.environment()));
            return Optional.of(new PreparedCommand(
                    waiting.process(), waiting.input(), command.directory().toPath()));
        } catch (IOException notNow) {
            return Optional.empty();
        }
    }

    /** The bash that waits, and later the command. */
    StartedProcess process() {
        return started;
    }

    /** Where it waits for its line. */
    OutputStream input() {
        return input;
    }

    /**
     * Lets it go on.
     *
     * @return the running command; empty when nothing of it was done, and nothing will be
     */
    Optional<StartedProcess> begin() {
        if (!isInItsPlace()) {
            close();
            return Optional.empty();
        }
        try {
            input.write(GO);
        } catch (IOException gone) {
            close();
            return Optional.empty();
        }
        close(input);
        return Optional.of(started);
    }

    /** A step may have put another directory under the same name since: a new release, for example. */
    private boolean isInItsPlace() {
        try {
            Path here =
                    Files.readSymbolicLink(Path.of("/proc/" + started.handle().pid() + "/cwd"));
            return here.equals(directory.toRealPath());
        } catch (IOException gone) {
            return false;
        }
    }

    /** Gives it up: it ends, and has done nothing. */
    @Override
    public void close() {
        close(input);
        close(started.out());
        close(started.err());
    }

    private void close(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception goneAlready) {
            started.handle().destroy();
        }
    }
}
