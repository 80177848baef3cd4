package dev.switchback.step.shell;

import dev.switchback.step.CouldNotAskException;
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
    static StartedProcess of(ProcessBuilder builder) {
        Optional<OutputPipe> out = OutputPipe.open();
        Optional<OutputPipe> err = out.isPresent() ? OutputPipe.open() : Optional.empty();
        try {
            if (err.isEmpty()) {
                close(out);
                Process process = builder.start();
                return new StartedProcess(process, process.getInputStream(), process.getErrorStream());
            }
            Process process = builder.redirectOutput(out.get().file())
                    .redirectError(err.get().file())
                    .start();
            return new StartedProcess(process, out.get().reading(), err.get().reading());
        } catch (IOException notStarted) {
            close(out);
            close(err);
            throw new CouldNotAskException(
                    "bash could not be started: " + notStarted.getMessage(), "a bash that starts");
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
