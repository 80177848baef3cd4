package dev.switchback.run;

import java.util.ArrayList;
import java.util.List;

/** A person who is asked whether a step may print more, and answers when the test says so. */
final class Answers implements OutputPauses {

    final List<String> asked = new ArrayList<>();
    private long allowed;
    private boolean stopped;
    private boolean away;

    @Override
    public synchronized void ask(Why why, long printed, long allowedNow) {
        if (away) {
            throw new IllegalStateException("away");
        }
        allowed = allowedNow;
        asked.add(why.word());
        notifyAll();
    }

    @Override
    public synchronized Answer answer() {
        return new Answer(allowed, stopped);
    }

    @Override
    public synchronized void goesOn() {
        asked.add("goes on");
    }

    synchronized void yes() {
        allowed++;
    }

    synchronized void stop() {
        stopped = true;
    }

    synchronized void goAway(boolean isAway) {
        away = isAway;
    }

    synchronized void await(int questions) throws InterruptedException {
        while (asked.stream().filter(what -> !what.equals("goes on")).count() < questions) {
            wait();
        }
    }
}
