package dev.switchback.step.shell;

import dev.switchback.step.CouldNotAskException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A process that was started, and the ends of the pipes it prints into.
 *
 * @param process the main process
 * @param out what it prints on stdout
 * @param err what it prints on stderr
 */
record StartedProcess(Process process, InputStream out, InputStream err) {

    /** @throws CouldNotAskException when it cannot be started; nothing runs then */
    static StartedProcess of(ShellCommand command) {
        return PreparedCommands.HERE.begin(command).orElseGet(() -> inTheOrdinaryWay(command));
    }

    private static StartedProcess inTheOrdinaryWay(ShellCommand command) {
        ProcessBuilder builder = command.inItsOwnSession().redirectInput(new File("/dev/null"));
        try {
            Optional<Pipes> pipes = Pipes.open();
            if (pipes.isPresent()) {
                return pipes.get().start(builder);
            }
            Process process = builder.start();
            return new StartedProcess(process, process.getInputStream(), process.getErrorStream());
        } catch (IOException notStarted) {
            throw new CouldNotAskException(
                    "bash could not be started: " + notStarted.getMessage(), "a bash that starts");
        }
    }

    /** Started with pipes that outlive the main process; empty where these cannot be had, or it cannot be started. */
    static Optional<StartedProcess> withOwnPipes(ProcessBuilder builder) {
        try {
            Optional<Pipes> pipes = Pipes.open();
            return pipes.isPresent() ? Optional.of(pipes.get().start(builder)) : Optional.empty();
        } catch (IOException notHere) {
            return Optional.empty();
        }
    }

    private record Pipes(OutputPipe out, OutputPipe err) {

        static Optional<Pipes> open() {
            Optional<OutputPipe> out = OutputPipe.open();
            Optional<OutputPipe> err = out.isPresent() ? OutputPipe.open() : Optional.empty();
            if (err.isEmpty()) {
                close(out);
                return Optional.empty();
            }
            return Optional.of(new Pipes(out.get(), err.get()));
        }

        StartedProcess start(ProcessBuilder builder) throws IOException {
            try {
                Process process = builder.redirectOutput(out.file())
                        .redirectError(err.file())
                        .start();
                return new StartedProcess(process, out.reading(), err.reading());
            } catch (IOException notStarted) {
                close(Optional.of(out));
                close(Optional.of(err));
                throw notStarted;
            }
        }

        private static void close(Optional<OutputPipe> pipe) {
            try {
                if (pipe.isPresent()) {
                    pipe.get().close();
                }
            } catch (IOException gone) {
                pipe.get().file().deleteOnExit();
            }
        }
    }
}
