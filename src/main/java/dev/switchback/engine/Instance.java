package dev.switchback.engine;

import dev.switchback.platform.ProcessMark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * One running Switchback, as the others know it.
 *
 * @param name what it is called: the same after a restart, and nobody else's
 * @param machine the host, its boot, and the set of process ids that is valid there, separated by spaces
 * @param process its process id and when that process began
 * @param version which version of Switchback
 */
record Instance(String name, String machine, String process, String version) {

    /** This process. */
    static Instance here(String name, String version) {
        return new Instance(name, machineHere(), processHere(), version);
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String machineHere() {
        return host() + " " + line("/proc/sys/kernel/random/boot_id") + " " + link("/proc/self/ns/pid");
    }

    private static String line(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException notLinux) {
            return "-";
        }
    }

    private static String link(String file) {
        try {
            return Files.readSymbolicLink(Path.of(file)).toString();
        } catch (IOException | UnsupportedOperationException notLinux) {
            return "-";
        }
    }

    private static String processHere() {
        ProcessMark here = ProcessMark.of(ProcessHandle.current());
        return here.pid() + " " + here.since();
    }

    /** Whether the other one is a process of this machine, so that one can look whether it lives. */
    boolean isBeside(Instance other) {
        return machine.equals(other.machine);
    }

    /** Whether a process of this machine lives, and is not this very one in an earlier life, as in dev mode. */
    boolean seesAlive(Instance other) {
        String[] parts = other.process.split(" ", 2);
        return !process.equals(other.process)
                && new ProcessMark(Long.parseLong(parts[0]), Instant.parse(parts[1]))
                        .process()
                        .isPresent();
    }
}
