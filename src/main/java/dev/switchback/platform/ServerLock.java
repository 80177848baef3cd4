package dev.switchback.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/**
 * The right to be the one Switchback on a data directory. The operating system holds it for the process, so it ends with
 * the process however that ends, and is never stale.
 */
final class ServerLock implements AutoCloseable {

    private final FileChannel channel;

    private ServerLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StartRefused when another process has it, naming that process and its address */
    static ServerLock take(DataDirectory data) {
        try {
            FileChannel channel =
                    FileChannel.open(data.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw taken(data);
            }
            return new ServerLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(data.lockFile() + " cannot be locked", e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // This very process has it: dev mode starts the application again within one process.
            return true;
        }
    }

    private static StartRefused taken(DataDirectory data) {
        String who = RunningServer.in(data)
                .map(server -> " (process id " + server.pid() + ", " + server.url() + ")")
                .orElse("");
        return new StartRefused("Another Switchback is already running on " + data.path() + who
                + "; stop it with ./switchback stop, or choose another directory with --data DIR.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
