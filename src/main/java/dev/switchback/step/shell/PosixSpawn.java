package dev.switchback.step.shell;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import io.quarkus.logging.Log;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts a process by {@code posix_spawn} of the C library, in a session of its own: the JDK cannot do that, and needs
 * the program {@code setsid} in between, which costs as much as a small shell. Its pipes stay open until they are closed
 * here; those of the JDK go with the main process. Linux with glibc 2.34 or newer only. Safe for use by several threads.
 */
final class PosixSpawn {

    /** {@code O_CLOEXEC}: what another library starts at the same time gets none of the pipes. */
    private static final int CLOSE_ON_EXEC = 0x80000;

    /** {@code POSIX_SPAWN_SETSID} and {@code POSIX_SPAWN_SETSIGMASK}: no signal is blocked, whatever thread starts it. */
    private static final short OWN_SESSION_AND_NO_MASK = 0x80 | 0x08;

    private static final int INTERRUPTED = 4;
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    /** More than the opaque structures of glibc take: 80, 336 and 128 bytes. */
    private static final int ROOM = 1024;

    private static final boolean HERE = isUsable();

    private static final ExecutorService WAITING = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "step-wait");
        thread.setDaemon(true);
        return thread;
    });

    private PosixSpawn() {}

    /** What is called of the C library. */
    private static final class C {
        static {
            Native.register(C.class, NativeLibrary.getInstance("c", Map.of(Library.OPTION_STRING_ENCODING, UTF_8)));
        }

        private C() {}

        static native int posix_spawn(int[] id, String path, Pointer actions, Pointer how, Pointer line, Pointer env);

        static native int posix_spawn_file_actions_init(Pointer actions);

        static native int posix_spawn_file_actions_addchdir_np(Pointer actions, String directory);

        static native int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

        static native int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

        static native int posix_spawn_file_actions_addopen(Pointer actions, int to, String path, int flags, int mode);

        static native int posix_spawn_file_actions_destroy(Pointer actions);

        static native int posix_spawnattr_init(Pointer how);

        static native int posix_spawnattr_setflags(Pointer how, short flags);

        static native int posix_spawnattr_setsigmask(Pointer how, Pointer mask);

        static native int posix_spawnattr_destroy(Pointer how);

        static native int pipe2(int[] ends, int flags) throws LastErrorException;

        static native int close(int end);

        static native int waitpid(int id, int[] status, int options) throws LastErrorException;

        static native String strerror(int error);
    }

    private static boolean isUsable() {
        if (!System.getProperty("os.name", "").equals("Linux") || !Files.isDirectory(Path.of("/proc/self/fd"))) {
            return false;
        }
        // The library that JNA brings, and not another version that may be installed here.
        System.setProperty("jna.nosys", System.getProperty("jna.nosys", "true"));
        try {
            // Asks for all of them: an older C library cannot close what the server has open.
            return !C.strerror(INTERRUPTED).isEmpty();
        } catch (LinkageError notHere) {
            Log.infof("processes of steps are started by the JDK: %s", notHere.getMessage());
            return false;
        }
    }

    /** Whether this machine can do it; where not, a process is started by the JDK. */
    static boolean isHere() {
        return HERE;
    }

    /** Starts it with nothing to read. */
    static StartedProcess start(ShellCommand command) throws IOException {
        return start(command, -1);
    }

    /**
     * Our own ends are opened before anything runs: what cannot be had then, such as one more open file, means that
     * nothing was done.
     */
    private static StartedProcess start(ShellCommand command, int input) throws IOException {
        try (var out = new Pipe();
                var err = new Pipe()) {
            InputStream said = out.reading();
            try {
                InputStream complained = err.reading();
                try {
                    return started(spawn(command, input, out, err), said, complained);
                } catch (IOException notStarted) {
                    complained.close();
                    throw notStarted;
                }
            } catch (IOException notStarted) {
                said.close();
                throw notStarted;
            }
        }
    }

    /**
     * A process and the other end of what it reads.
     *
     * @param process the process
     * @param input what is written here it reads; writing fails when it has ended
     */
    record Reading(StartedProcess process, OutputStream input) {}

    /** Starts it with a pipe to read from. */
    static Reading startReading(ShellCommand command) throws IOException {
        try (var in = new Pipe()) {
            OutputStream input = in.writing();
            try {
                return new Reading(start(command, in.read), input);
            } catch (IOException e) {
                input.close();
                throw e;
            }
        }
    }

    private static int spawn(ShellCommand command, int input, Pipe out, Pipe err) throws IOException {
        try (var actions = new Memory(ROOM);
                var how = new Memory(ROOM);
                var mask = new Memory(ROOM)) {
            mask.clear();
            require(C.posix_spawn_file_actions_init(actions));
            require(C.posix_spawnattr_init(how));
            try {
                require(C.posix_spawnattr_setflags(how, OWN_SESSION_AND_NO_MASK));
                require(C.posix_spawnattr_setsigmask(how, mask));
                require(C.posix_spawn_file_actions_addchdir_np(
                        actions, command.directory().getPath()));
                require(
                        input < 0
                                ? C.posix_spawn_file_actions_addopen(actions, 0, "/dev/null", 0, 0)
                                : C.posix_spawn_file_actions_adddup2(actions, input, 0));
                require(C.posix_spawn_file_actions_adddup2(actions, out.write, 1));
                require(C.posix_spawn_file_actions_adddup2(actions, err.write, 2));
                // The JDK opens files without O_CLOEXEC and closes them in what it starts; here nobody else does.
                require(C.posix_spawn_file_actions_addclosefrom_np(actions, 3));
                var id = new int[1];
                require(C.posix_spawn(id, command.line().get(0), actions, how, line(command), environment(command)));
                return id[0];
            } finally {
                C.posix_spawn_file_actions_destroy(actions);
                C.posix_spawnattr_destroy(how);
            }
        }
    }

    private static StringArray line(ShellCommand command) {
        return new StringArray(command.line().toArray(new String[0]), UTF_8);
    }

    private static StringArray environment(ShellCommand command) {
        String[] each = command.environment().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        return new StringArray(each, UTF_8);
    }

    private static void require(int error) throws IOException {
        if (error != 0) {
            throw new IOException(C.strerror(error));
        }
    }

    /** Until its status is asked for, its number cannot be given to another process: the handle is of this one. */
    private static StartedProcess started(int id, InputStream out, InputStream err) {
        ProcessHandle handle = ProcessHandle.of(id).orElseThrow();
        return new StartedProcess(handle, CompletableFuture.supplyAsync(() -> statusOf(id), WAITING), out, err);
    }

    /** Its exit status, or 128 and the number of the signal that ended it. */
    private static int statusOf(int id) {
        var status = new int[1];
        while (true) {
            try {
                C.waitpid(id, status, 0);
                int signal = status[0] & 0x7f;
                return signal == 0 ? status[0] >> 8 & 0xff : 128 + signal;
            } catch (LastErrorException e) {
                if (e.getErrorCode() != INTERRUPTED) {
                    throw new IllegalStateException("how process " + id + " ended is not known: " + e.getMessage(), e);
                }
            }
        }
    }

    /** Both ends of a pipe, as numbers; closed when the other side has its own. */
    private static final class Pipe implements AutoCloseable {
        private final int read;
        private final int write;

        Pipe() throws IOException {
            var ends = new int[2];
            try {
                C.pipe2(ends, CLOSE_ON_EXEC);
            } catch (LastErrorException e) {
                throw new IOException(C.strerror(e.getErrorCode()), e);
            }
            read = ends[0];
            write = ends[1];
        }

        InputStream reading() throws IOException {
            return new FileInputStream("/proc/self/fd/" + read);
        }

        OutputStream writing() throws IOException {
            return new FileOutputStream("/proc/self/fd/" + write);
        }

        @Override
        public void close() {
            C.close(read);
            C.close(write);
        }
    }
}
