package dev.switchback.run;

import dev.switchback.spool.Batch;
import java.sql.SQLException;

/** Where the lines of attempts go. Safe for use by several threads. */
interface LogStore {

    /**
     * Stores lines behind all others of their run, once: a batch that is there already changes nothing.
     *
     * @return the number of the last line
     * @throws RunLog.LostLeaseException when the fence is old; nothing was written
     * @throws SQLException when the database does not answer; the lines may be stored or not, sending them again is safe
     */
    long store(Batch batch) throws SQLException;

    /** The same for lines that waited on disk while their driver lost its lease: they were printed all the same. */
    long storeLate(Batch batch) throws SQLException;
}
