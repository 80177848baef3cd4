package dev.switchback.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the pid file says about the server on a data directory. A process id alone is not believed, as it may belong to
 * another process by now: the process must also have begun when the file says.
 *
 * @param pid its process id
 * @param since when that process began
 * @param url where people find it
 * @param database {@code embedded}, or the JDBC address of a PostgreSQL of its owner
 */
record RunningServer(long pid, Instant since, String url, String database) {

    /** The begin of a process is computed from ticks since the boot and may be read a little differently each time. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

    /** The server that is running there now, if any. */
    static Optional<RunningServer> in(DataDirectory data) {
        return parse(Private.read(data.pidFile())).filter(server -> server.process().isPresent());
    }

    /** This process, about to serve this data directory. */
    static RunningServer here(String url, String database) {
        ProcessHandle self = ProcessHandle.current();
        return new RunningServer(self.pid(), began(self), url, database);
    }

    void write(DataDirectory data) {
        Private.write(data.pidFile(), Map.of(
                "pid", "" + pid, "since", since.toString(), "url", url, "database", database));
    }

    /** Deletes the pid file, but only while it still speaks of this server. */
    void erase(DataDirectory data) {
        if (parse(Private.read(data.pidFile())).filter(this::equals).isPresent()) {
            try {
                Files.deleteIfExists(data.pidFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The process, when it is alive and the very one. */
    Optional<ProcessHandle> process() {
        return same(pid, since);
    }

    /** The process with this id, provided it began at this time. */
    static Optional<ProcessHandle> same(long pid, Instant since) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(found -> Duration.between(began(found), since).abs().compareTo(CLOCK_TOLERANCE) <= 0);
    }

    static Instant began(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static Optional<RunningServer> parse(Map<String, String> file) {
        try {
            return Optional.of(new RunningServer(
                    Long.parseLong(file.getOrDefault("pid", "")), Instant.parse(file.getOrDefault("since", "")),
                    file.getOrDefault("url", ""), file.getOrDefault("database", "")));
        } catch (NumberFormatException | java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
