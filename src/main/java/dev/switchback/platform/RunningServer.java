package dev.switchback.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the pid file says about the server on a data directory.
 *
 * @param mark its process
 * @param url where people find it
 * @param database {@code embedded}, or the JDBC address of a PostgreSQL of its owner
 */
record RunningServer(ProcessMark mark, String url, String database) {

    /** The server that is running there now, if any. */
    static Optional<RunningServer> in(DataDirectory data) {
        return read(data).filter(server -> server.process().isPresent());
    }

    /** This process, about to serve. */
    static RunningServer here(String url, String database) {
        return new RunningServer(ProcessMark.of(ProcessHandle.current()), url, database);
    }

    long pid() {
        return mark.pid();
    }

    Instant since() {
        return mark.since();
    }

    /** The process, when it is alive and the very one. */
    Optional<ProcessHandle> process() {
        return mark.process();
    }

    void write(DataDirectory data) {
        Private.write(
                data.pidFile(),
                Map.of("pid", "" + pid(), "since", since().toString(), "url", url, "database", database));
    }

    /** Deletes the pid file, but only while it still speaks of this server. */
    void erase(DataDirectory data) {
        if (read(data).filter(this::equals).isPresent()) {
            try {
                Files.deleteIfExists(data.pidFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Optional<RunningServer> read(DataDirectory data) {
        Map<String, String> file = Private.read(data.pidFile());
        return ProcessMark.read(data.pidFile())
                .map(mark -> new RunningServer(mark, file.getOrDefault("url", ""), file.getOrDefault("database", "")));
    }
}
