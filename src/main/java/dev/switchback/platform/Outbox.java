package dev.switchback.platform;

import java.util.LinkedHashSet;
import java.util.Set;

/** What waits to be told, each thing once, in order. Bounded: who finds it full is not told. Safe for several threads. */
final class Outbox {

    private static final int AT_MOST = 10_000;

    private Set<String> waiting = new LinkedHashSet<>();

    synchronized void put(String notice) {
        if (waiting.size() < AT_MOST && waiting.add(notice)) {
            notifyAll();
        }
    }

    /** Everything that waits; waits itself until there is something. */
    synchronized Set<String> take() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        Set<String> all = waiting;
        waiting = new LinkedHashSet<>();
        return all;
    }
}
