package dev.switchback.run;

import dev.switchback.RunsDatabase;
import dev.switchback.spool.Batch;
import dev.switchback.step.StepLog.Stream;

/** Runs in a database, and what stores their logs. */
public final class LogDatabase extends RunsDatabase {

    public final RunLog log = new RunLog();

    public LogDatabase() throws Exception {
        log.database = database;
        log.own = database;
    }

    /** Lines of a step, as one chunk. */
    public static Batch batch(long runId, String stepId, String... lines) {
        var chunk = new LogChunk.Builder();
        for (String line : lines) {
            chunk.add(1_700_000_000_000L, Stream.OUT, line);
        }
        return new Batch(runId, 4, 1, stepId, 1, RunLog.nextPart(), chunk.lines(), chunk.toBytes());
    }
}
