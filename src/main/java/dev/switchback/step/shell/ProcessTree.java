package dev.switchback.step.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every process that an attempt started: the main one, its descendants, its session and process group, and all that
 * carry the attempt's mark in their environment, wherever they moved. Process ids are never confused: a handle knows the
 * start time of its process and does nothing to a later one with the same id. Where there is no {@code /proc}, the
 * descendants are all that can be found. One thread at a time.
 */
final class ProcessTree {

    private static final Path PROC = Path.of("/proc");
    private static final Duration PATIENCE_AFTER_KILL = Duration.ofSeconds(5);

    /**
     * The system computes when a process began from its own boot, and attempts begin by the clock of their server; and a
     * process may have waited for its attempt.
     */
    private static final Duration OLDER = Duration.ofSeconds(5).plus(PreparedCommand.LONGEST);

    private final ProcessHandle main;
    private final byte[] mark;
    private final Instant notBefore;
    private final Set<ProcessHandle> known = new HashSet<>();
    private final Set<ProcessHandle> ofSession = new HashSet<>();

    ProcessTree(ProcessHandle main, String mark) {
        this.main = main;
        this.notBefore = Instant.EPOCH;
        this.mark = (ShellEnvironment.MARK + "=" + mark + "\0").getBytes(StandardCharsets.UTF_8);
        known.add(main);
        ofSession.add(main);
    }

    /** Whatever carries the mark, when the main process is not known any more. */
    private ProcessTree(String mark, Instant notBefore) {
        this.main = null;
        this.notBefore = notBefore;
        this.mark = (ShellEnvironment.MARK + "=" + mark + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /** @param began when the attempt began: what is older is not its own */
    static ProcessTree ofMark(String mark, Instant began) {
        return new ProcessTree(mark, began.minus(OLDER));
    }

    /**
     * What was done to end a tree.
     *
     * @param ended how many processes are gone
     * @param killed whether KILL was needed
     * @param survivors the ids of those that would not go
     */
    record Ending(int ended, boolean killed, List<Long> survivors) {

        /** Whether there was nothing left to end: it had ended by itself, and says itself how. */
        boolean cameTooLate() {
            return ended == 0 && survivors.isEmpty();
        }

        String words(Duration grace) {
            String how = killed ? "TERM, then KILL after " + dev.switchback.step.Durations.words(grace) : "TERM";
            String text = how + "; " + ended + (ended == 1 ? " process" : " processes") + " ended";
            return survivors.isEmpty() ? text : text + "; could not end " + survivors + ", look at the machine";
        }
    }

    /** Sends TERM to all, waits up to the grace time, sends KILL to what is left, until nothing is. */
    Ending end(Duration grace) {
        var seen = new HashSet<ProcessHandle>();
        Set<ProcessHandle> left = untilGone(grace, seen, false);
        boolean killed = !left.isEmpty();
        if (killed) {
            left = untilGone(PATIENCE_AFTER_KILL, seen, true);
        }
        return new Ending(
                seen.size() - left.size(),
                killed,
                left.stream().map(ProcessHandle::pid).sorted().toList());
    }

    /** Looks again and again, because a process may start another one between the look and the signal. */
    private Set<ProcessHandle> untilGone(Duration patience, Set<ProcessHandle> seen, boolean force) {
        long deadline = System.nanoTime() + patience.toNanos();
        var told = new HashSet<ProcessHandle>();
        long pause = 5;
        while (true) {
            Set<ProcessHandle> alive = alive();
            seen.addAll(alive);
            for (ProcessHandle process : alive) {
                if (force) {
                    process.destroyForcibly();
                } else if (told.add(process)) {
                    process.destroy();
                }
            }
            if (alive.isEmpty() || System.nanoTime() >= deadline) {
                return alive;
            }
            pause(Math.min(pause, Math.max(1, (deadline - System.nanoTime()) / 1_000_000)));
            pause = Math.min(100, pause * 2);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException endNow) {
            // The tree must be gone before this thread is: go on without a pause, keep the wish for later.
            Thread.onSpinWait();
        }
    }

    /** The processes of this attempt that still run, without those that only wait to be collected. */
    Set<ProcessHandle> alive() {
        known.addAll(found());
        known.removeIf(process -> !process.isAlive() || isDefunct(process.pid()));
        ofSession.retainAll(known);
        return Set.copyOf(known);
    }

    private List<ProcessHandle> found() {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return known.stream().flatMap(ProcessHandle::descendants).toList();
        }
        List<Entry> all = entries();
        var members = new ArrayList<ProcessHandle>();
        var ids = new HashSet<Long>();
        known.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).forEach(ids::add);
        // While a member of the session lives, its id cannot be given to anybody else.
        boolean sessionIsOurs = ofSession.stream().anyMatch(ProcessHandle::isAlive);
        boolean more = true;
        while (more) {
            more = false;
            for (Entry each : all) {
                boolean inSession = sessionIsOurs && (each.session == main.pid() || each.group == main.pid());
                if (!ids.contains(each.id) && (inSession || ids.contains(each.parent) || carriesMark(each))) {
                    more = true;
                    ids.add(each.id);
                    members.add(each.handle);
                    if (inSession) {
                        ofSession.add(each.handle);
                    }
                }
            }
        }
        return members;
    }

    private record Entry(ProcessHandle handle, long id, long parent, long group, long session) {}

    private static List<Entry> entries() {
        long self = ProcessHandle.current().pid();
        var all = new ArrayList<Entry>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long id = Long.parseLong(process.getFileName().toString());
                if (id != self) {
                    entry(id).ifPresent(all::add);
                }
            }
        } catch (IOException unreadable) {
            return all;
        }
        return all;
    }

    /** The handle is taken first, so that it belongs to the process that is read afterwards, or is dead. */
    private static Optional<Entry> entry(long id) {
        Optional<ProcessHandle> handle = ProcessHandle.of(id);
        String[] fields = stat(id);
        if (handle.isEmpty() || fields.length < 4 || isDefunct(fields[0])) {
            return Optional.empty();
        }
        return Optional.of(new Entry(
                handle.get(), id, Long.parseLong(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[3])));
    }

    /** State, parent, group, session, …: what follows the name, which may itself contain spaces and brackets. */
    private static String[] stat(long id) {
        try {
            String stat = Files.readString(PROC.resolve(id + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", 6);
        } catch (IOException | RuntimeException gone) {
            return new String[0];
        }
    }

    private static boolean isDefunct(String state) {
        return state.equals("Z") || state.equals("X");
    }

    private static boolean isDefunct(long id) {
        String[] fields = stat(id);
        return fields.length > 0 && isDefunct(fields[0]);
    }

    private boolean carriesMark(Entry process) {
        if (process.handle.info().startInstant().orElse(Instant.MAX).isBefore(notBefore)) {
            return false;
        }
        try {
            byte[] environment = Files.readAllBytes(PROC.resolve(process.id + "/environ"));
            return indexOf(environment, mark) >= 0;
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static int indexOf(byte[] text, byte[] wanted) {
        for (int at = 0; at <= text.length - wanted.length; at++) {
            boolean starts = at == 0 || text[at - 1] == 0;
            if (starts && java.util.Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
