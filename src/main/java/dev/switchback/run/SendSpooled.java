package dev.switchback.run;

import dev.switchback.spool.Batch;
import dev.switchback.spool.Spool;
import dev.switchback.spool.SpoolFile;
import dev.switchback.step.StepLog.Stream;
import io.quarkus.logging.Log;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Sends the lines that a process before this one, or an attempt that ended while the database was away, left on disk.
 * Lines whose run is driven by somebody else by now are stored as well, behind a line that says that they are late.
 */
final class SendSpooled {

    private final Spool spool;
    private final LogStore store;
    private final InstantSource clock;
    private final LongConsumer stored;

    /** @param stored told the run after lines of it were stored */
    SendSpooled(Spool spool, LogStore store, InstantSource clock, LongConsumer stored) {
        this.spool = spool;
        this.store = store;
        this.clock = clock;
        this.stored = stored;
    }

    /** Sends what there is, until the store does not answer; what is left is for the next time. */
    void send() {
        boolean answers = true;
        for (SpoolFile file : spool.left()) {
            answers = answers && send(file);
            if (!answers) {
                file.close();
            }
        }
    }

    private boolean send(SpoolFile file) {
        try {
            long lines = 0;
            boolean late = false;
            for (Optional<Batch> next = file.peek(); next.isPresent(); next = file.peek()) {
                late = append(next.get(), file, late);
                lines += next.get().lines();
                file.remove(next.get());
            }
            file.delete();
            Log.infof(
                    "run %d, step %s: %d lines that waited on disk are stored%s",
                    file.like().runId(), file.like().stepId(), lines, late ? ", late" : "");
            stored.accept(file.like().runId());
            return true;
        } catch (RunLog.LostLeaseException nowhere) {
            Log.errorf(
                    "there is no run %d any more; the lines of it on disk are removed",
                    file.like().runId());
            file.delete();
            return true;
        } catch (SQLException | RuntimeException e) {
            Log.debugf(e, "lines wait on disk for run %d", file.like().runId());
            return false;
        }
    }

    private boolean append(Batch batch, SpoolFile file, boolean late) throws SQLException {
        if (!late) {
            try {
                store.store(batch);
                return false;
            } catch (RunLog.LostLeaseException drivenByAnother) {
                store.storeLate(notice(file.like()));
            }
        }
        store.storeLate(batch);
        return true;
    }

    private Batch notice(Batch like) {
        var line = new LogChunk.Builder();
        line.add(
                clock.millis(),
                Stream.ENGINE,
                "the lines that follow were printed before contact was lost; they waited on the machine that ran the"
                        + " step and arrived late");
        return new Batch(
                like.runId(),
                like.fence(),
                like.legNo(),
                like.stepId(),
                like.attempt(),
                like.part(),
                line.lines(),
                line.toBytes());
    }
}
