package dev.switchback.step.shell;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A pipe of our own for what a process prints. The JDK closes its pipes as soon as the main process has ended; a child
 * that was left in the background on purpose would then be ended by SIGPIPE at its next line, and lines could be lost.
 * This one stays open until its reader closes it. It is a named pipe; names are made many at a time, because making
 * one takes a process. One thread at a time.
 */
final class OutputPipe implements Closeable {

    private static final int AT_A_TIME = 32;
    private static final Queue<Path> UNUSED = new ArrayDeque<>();
    private static Path directory;
    private static boolean ending;

    private final Path name;
    private final RandomAccessFile bothEnds;
    private final FileInputStream readEnd;

    private OutputPipe(Path name) throws IOException {
        this.name = name;
        // Opened for both, a named pipe does not wait for its other end.
        bothEnds = new RandomAccessFile(name.toFile(), "rw");
        readEnd = new FileInputStream(name.toFile());
    }

    /** A new pipe; empty where named pipes cannot be had. */
    static Optional<OutputPipe> open() {
        try {
            Optional<Path> name = unusedName();
            return name.isPresent() ? Optional.of(new OutputPipe(name.get())) : Optional.empty();
        } catch (IOException notHere) {
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static synchronized Optional<Path> unusedName() throws IOException, InterruptedException {
        while (!UNUSED.isEmpty()) {
            Path next = UNUSED.remove();
            if (isPipe(next)) {
                return Optional.of(next);
            }
        }
        makeNames();
        return Optional.ofNullable(UNUSED.poll()).filter(OutputPipe::isPipe);
    }

    /** Somebody may have tidied the directory up: then opening the name would create an ordinary file. */
    private static boolean isPipe(Path name) {
        try {
            return Files.readAttributes(name, BasicFileAttributes.class).isOther();
        } catch (IOException gone) {
            return false;
        }
    }

    private static void makeNames() throws IOException, InterruptedException {
        Optional<String> program = ShellStepExecutor.program("mkfifo");
        if (program.isEmpty()) {
            return;
        }
        if (directory == null || !Files.isDirectory(directory)) {
            // Temporary directories are open to their owner only.
            directory = Files.createTempDirectory("switchback-pipes-");
            tidyUpAtTheEnd();
        }
        var command = new ArrayList<String>();
        command.add(program.get());
        for (int i = 0; i < (ending ? 1 : AT_A_TIME); i++) {
            Path name = directory.resolve(Long.toString(System.nanoTime()) + "-" + i);
            command.add(name.toString());
            UNUSED.add(name);
        }
        Process making = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!making.waitFor(5, TimeUnit.SECONDS)) {
            making.destroyForcibly();
        }
    }

    private static void tidyUpAtTheEnd() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(OutputPipe::tidyUp));
        } catch (IllegalStateException endsAlready) {
            tidyUp();
        }
    }

    /**
     * Steps go on, and others begin, while the server ends: from now on each name is used at once, and the directory goes
     * when everything else is over.
     */
    private static synchronized void tidyUp() {
        ending = true;
        UNUSED.forEach(name -> name.toFile().delete());
        UNUSED.clear();
        directory.toFile().deleteOnExit();
    }

    /** What a process that prints into this pipe is started with. */
    File file() {
        return name.toFile();
    }

    /** The end to read from, to be called when the process runs: reaches its end when nobody can print any more. */
    InputStream reading() throws IOException {
        bothEnds.close();
        Files.deleteIfExists(name);
        return readEnd;
    }

    /** Gives the pipe up, for a process that could not be started. */
    @Override
    public void close() throws IOException {
        bothEnds.close();
        readEnd.close();
        Files.deleteIfExists(name);
    }
}
