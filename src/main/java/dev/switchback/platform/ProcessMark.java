package dev.switchback.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * A process by its id and its beginning. An id alone is not believed, as it may belong to another process by now.
 *
 * @param pid its process id
 * @param since when it began
 */
public record ProcessMark(long pid, Instant since) {

    /** The beginning is computed from ticks since the boot and may be read a little differently each time. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    public static ProcessMark of(ProcessHandle process) {
        return new ProcessMark(process.pid(), began(process));
    }

    /** What the file says; empty when it is missing or says something else. */
    public static Optional<ProcessMark> read(Path file) {
        Map<String, String> values = Private.read(file);
        try {
            return Optional.of(new ProcessMark(
                    Long.parseLong(values.getOrDefault("pid", "")), Instant.parse(values.getOrDefault("since", ""))));
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    public void write(Path file) {
        Private.write(file, Map.of("pid", "" + pid, "since", since.toString()));
    }

    /** The process, when it is alive and the very one. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(found -> Duration.between(began(found), since).abs().compareTo(TOLERANCE) <= 0);
    }

    private static Instant began(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
