package dev.switchback.run;

import dev.switchback.spool.Batch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A log in memory that can be away, slow, or lose its answers. */
final class StoredLines implements LogStore {

    private final List<String> texts = new ArrayList<>();
    private final Set<Long> parts = new HashSet<>();
    private boolean away;
    private boolean held;
    private int calls;
    private int answersToLose;
    volatile long fence = 4;

    @Override
    public synchronized long store(Batch batch) throws SQLException {
        if (batch.fence() != fence) {
            answer();
            throw new RunLog.LostLeaseException(batch.runId());
        }
        return storeLate(batch);
    }

    @Override
    public synchronized long storeLate(Batch batch) throws SQLException {
        answer();
        if (parts.add(batch.part())) {
            texts.addAll(read(batch));
        }
        notifyAll();
        if (answersToLose > 0) {
            answersToLose--;
            throw new SQLException("the answer got lost");
        }
        return texts.size();
    }

    private void answer() throws SQLException {
        calls++;
        notifyAll();
        try {
            while (held) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
        if (away) {
            throw new SQLException("away");
        }
    }

    static List<String> read(Batch batch) {
        return LogChunk.read(1, batch.legNo(), batch.stepId(), batch.attempt(), batch.bytes()).stream()
                .map(LogLine::text)
                .toList();
    }

    synchronized void goAway() {
        away = true;
    }

    synchronized void comeBack() {
        away = false;
    }

    /** From now on no call returns. */
    synchronized void hold() {
        held = true;
    }

    synchronized void release() {
        held = false;
        notifyAll();
    }

    /** The next answers get lost, though the lines are stored. */
    synchronized void storeButThrow(int answers) {
        answersToLose = answers;
    }

    synchronized void awaitCall() throws InterruptedException {
        while (calls == 0) {
            wait();
        }
    }

    synchronized List<String> await(int lines) throws InterruptedException {
        while (texts.size() < lines) {
            wait();
        }
        return List.copyOf(texts);
    }

    synchronized List<String> texts() {
        return List.copyOf(texts);
    }
}
