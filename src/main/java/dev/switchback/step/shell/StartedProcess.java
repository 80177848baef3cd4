package dev.switchback.step.shell;

import dev.switchback.step.CouldNotAskException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A process that was started, and the ends of the pipes it prints into.
 *
 * @param handle the main process
 * @param status its exit status, when it has ended; 128 and the number of the signal when one ended it
 * @param out what it prints on stdout
 * @param err what it prints on stderr
 */
record StartedProcess(ProcessHandle handle, CompletableFuture<Integer> status, InputStream out, InputStream err) {

    /** @throws CouldNotAskException when it cannot be started; nothing runs then */
    static StartedProcess of(ShellCommand command) {
        return PreparedCommands.HERE.begin(command).orElseGet(() -> now(command));
    }

    /** The same, but not one that was prepared. */
    static StartedProcess now(ShellCommand command) {
        try {
            return PosixSpawn.isHere() ? PosixSpawn.start(command) : byTheJdk(command);
        } catch (IOException notStarted) {
            throw new CouldNotAskException(
                    "bash could not be started: " + notStarted.getMessage(), "a bash that starts");
        }
    }

    /** Waits until the main process has ended. */
    int await() throws InterruptedException {
        try {
            return status.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    static StartedProcess byTheJdk(ShellCommand command) throws IOException {
        ProcessBuilder builder = command.inItsOwnSession().redirectInput(new File("/dev/null"));
        Optional<Pipes> pipes = Pipes.open();
        if (pipes.isPresent()) {
            return pipes.get().start(builder);
        }
        Process process = builder.start();
        return of(process, process.getInputStream(), process.getErrorStream());
    }

    private static StartedProcess of(Process process, InputStream out, InputStream err) {
        return new StartedProcess(process.toHandle(), process.onExit().thenApply(Process::exitValue), out, err);
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
                return of(process, out.reading(), err.reading());
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
