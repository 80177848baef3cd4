package dev.switchback.step.shell;

import java.time.Duration;

/**
 * Processes of an attempt whose driver is gone. They are found by the attempt's mark in their environment, never by a
 * number alone, on this machine only; a process that cleaned its environment escapes the search.
 */
public final class Orphans {

    private Orphans() {}

    /**
     * Ends what still runs of the attempt with this mark: TERM, the grace time, KILL.
     *
     * @return how many processes were ended
     */
    public static int end(String mark, Duration grace) {
        ProcessTree tree = ProcessTree.ofMark(mark);
        return tree.alive().isEmpty() ? 0 : tree.end(grace).ended();
    }
}
