package dev.switchback.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says about the server that uses a data directory. The file stays after a crash, and its
 * process id may belong to anybody by then, so it is believed only when that process is a PostgreSQL.
 *
 * @param files the data directory
 * @param pid the process id in the first line
 * @param port the port in the fourth line, 0 when it had not got so far
 */
record Postmaster(Path files, long pid, int port) {

    static Optional<Postmaster> of(Path files) {
        try {
            List<String> lines = Files.readAllLines(files.resolve("postmaster.pid"));
            int port = lines.size() > 3 ? Integer.parseInt(lines.get(3).trim()) : 0;
            return Optional.of(new Postmaster(files, Long.parseLong(lines.get(0).trim()), port));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Files.exists(files.resolve("postmaster.pid"))
                    ? Optional.of(new Postmaster(files, -1, 0))
                    : Optional.empty();
        }
    }

    /** Whether the process is there and is a PostgreSQL. */
    boolean alive() {
        return pid > 0 && ProcessHandle.of(pid).filter(Postmaster::isPostgres).isPresent();
    }

    /** The PostgreSQL processes whose working directory is this data directory; known on Linux only. */
    List<Long> servers() {
        return ProcessHandle.allProcesses()
                .filter(Postmaster::isPostgres)
                .map(ProcessHandle::pid)
                .filter(this::worksHere)
                .toList();
    }

    /** Deletes the file of a server that is gone. */
    void forget() {
        try {
            Files.deleteIfExists(files.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean worksHere(long process) {
        try {
            return Files.isSameFile(Path.of("/proc/" + process + "/cwd"), files);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .filter(path -> path.endsWith("/postgres"))
                        .isPresent();
    }
}
