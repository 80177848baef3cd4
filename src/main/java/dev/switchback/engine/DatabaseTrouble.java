package dev.switchback.engine;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.Set;

/** Tells a database that is away, restarted or out of connections from a defect of our own. */
final class DatabaseTrouble {

    /** What is wrong with the data or the statement does not get better by waiting. */
    private static final Set<String> OURS = Set.of("0A", "21", "22", "23", "42", "P0");

    private DatabaseTrouble() {}

    static boolean is(Throwable e) {
        boolean trouble = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                return state == null || state.length() < 2 || !OURS.contains(state.substring(0, 2));
            }
            trouble |= cause instanceof RollbackException || cause instanceof SystemException;
        }
        return trouble;
    }
}
