package dev.switchback.step.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Processes of an attempt whose driver is gone. They are found by the attempt's mark in their environment, never by a
 * number alone, and by their start, on this machine only; a process that cleaned its environment escapes the search.
 */
public final class Orphans {

    private Orphans() {}

    /**
     * Ends what still runs of the attempt with this mark: TERM, the grace time, KILL.
     *
     * @param began when the attempt began; a process that is older is none of its own, whatever it carries
     * @return how many processes were ended
     */
    public static int end(String mark, Instant began, Duration grace) {
        ProcessTree tree = ProcessTree.ofMark(mark, began);
        return tree.alive().isEmpty() ? 0 : tree.end(grace).ended();
    }

    /** The marks that processes of this machine carry, as far as they can be read. */
    public static Set<String> marks() {
        var marks = new TreeSet<String>();
        ProcessHandle.allProcesses().forEach(process -> markOf(process.pid()).ifPresent(marks::add));
        return marks;
    }

    private static Optional<String> markOf(long id) {
        try {
            String environment = Files.readString(Path.of("/proc/" + id + "/environ"), StandardCharsets.ISO_8859_1);
            return Arrays.stream(environment.split("\0"))
                    .filter(entry -> entry.startsWith(ShellEnvironment.MARK + "="))
                    .map(entry -> entry.substring(ShellEnvironment.MARK.length() + 1))
                    .findFirst();
        } catch (IOException notOursOrGone) {
            return Optional.empty();
        }
    }
}
