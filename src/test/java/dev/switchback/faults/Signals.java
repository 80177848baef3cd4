package dev.switchback.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Signals to processes, and the search for those that a run left. */
final class Signals {

    private Signals() {}

    /** Sends it, whether or not the process is still there. */
    static void send(String signal, long pid) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The processes of any attempt of a run, by the mark in their environment.
     *
     * @param mark how the marks of all its attempts begin
     */
    static List<Long> processesOf(String mark) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> carries(pid, "SWITCHBACK_MARK=" + mark))
                .toList();
    }

    private static boolean carries(long pid, String mark) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1)
                    .contains(mark);
        } catch (IOException gone) {
            return false;
        }
    }
}
