package dev.switchback.web;

import dev.switchback.problem.Problem;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.transaction.xa.XAException;

/**
 * Trouble with Switchback's own database, told apart from all other failures and said in words: 503, because the same
 * request is fine later. Immutable.
 *
 * @param kind what kind of trouble
 * @param inDoubt whether it came while a transaction was being committed, so that nobody knows whether it was
 */
public record DatabaseTrouble(Kind kind, boolean inDoubt) {

    /** After how many seconds it is worth trying again. */
    public static final int RETRY_AFTER_SECONDS = 5;

    /** What the database says when all is well with it and two were in each other's way. */
    private static final List<String> COLLISIONS = List.of("40001", "40P01", "55P03");

    /** What it is, as a title and as the beginning of a sentence. */
    public enum Kind {
        AWAY(
                "The database does not answer",
                "Switchback cannot reach its database",
                "a PostgreSQL server that answers"),
        BUSY(
                "Switchback is busy",
                "No connection to the database came free in time",
                "less to do at once; when this stays, a faster database or a larger pool"),
        READ_ONLY(
                "The database takes no changes",
                "The database can be read but not written; it may be a standby in the middle of a failover",
                "a PostgreSQL server that takes changes"),
        FULL(
                "The database has no room",
                "PostgreSQL has run out of disk or memory",
                "room for PostgreSQL; its own log says of what"),
        COLLISION(
                "Somebody else was faster",
                "Two requests wanted to change the same thing at once, and this one gave way",
                "one after the other");

        private final String title;
        private final String sentence;
        private final String expected;

        Kind(String title, String sentence, String expected) {
            this.title = title;
            this.sentence = sentence;
            this.expected = expected;
        }
    }

    /** The trouble behind a failure; empty when the reason is another. */
    public static Optional<DatabaseTrouble> of(Throwable failure) {
        List<Throwable> causes = causes(failure);
        boolean inDoubt = causes.stream().anyMatch(DatabaseTrouble::isOfCommit);
        return causes.stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .flatMap(e -> kind(e).stream())
                .findFirst()
                .map(kind -> new DatabaseTrouble(kind, inDoubt));
    }

    /** What is told to who sent the request. */
    public Problem problem(boolean changing) {
        return new Problem(
                503,
                kind.title,
                kind.sentence + consequence(changing),
                kind.expected,
                !changing || !inDoubt,
                List.of(),
                Map.of());
    }

    private String consequence(boolean changing) {
        if (!changing) {
            return kind == Kind.READ_ONLY || kind == Kind.FULL ? "" : ", so there is nothing to show for the moment";
        }
        return inDoubt
                ? ". It broke off while this was being saved: nobody knows whether it was"
                : ". Nothing was saved";
    }

    private static Optional<Kind> kind(SQLException e) {
        String state = e.getSQLState();
        if (state == null) {
            return isFullPool(e) ? Optional.of(Kind.BUSY) : Optional.empty();
        }
        return Map.<Kind, Predicate<String>>of(
                        Kind.AWAY, s -> s.startsWith("08") || s.startsWith("57P") || s.startsWith("58"),
                        Kind.BUSY, s -> s.equals("53300"),
                        Kind.READ_ONLY, s -> s.equals("25006"),
                        Kind.FULL, s -> s.equals("53100") || s.equals("53200"),
                        Kind.COLLISION, COLLISIONS::contains)
                .entrySet()
                .stream()
                .filter(each -> each.getValue().test(state))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The pool says so only in words. */
    private static boolean isFullPool(SQLException e) {
        return String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT).contains("acquisition timeout");
    }

    private static boolean isOfCommit(Throwable cause) {
        return cause instanceof XAException
                || cause instanceof HeuristicMixedException
                || cause instanceof HeuristicRollbackException;
    }

    /** The causes, and what the transaction manager hangs on beside them. */
    private static List<Throwable> causes(Throwable failure) {
        var found = new ArrayList<Throwable>();
        collect(failure, found);
        return found;
    }

    private static void collect(Throwable failure, List<Throwable> found) {
        if (failure == null || found.contains(failure) || found.size() > 50) {
            return;
        }
        found.add(failure);
        collect(failure.getCause(), found);
        for (Throwable beside : failure.getSuppressed()) {
            collect(beside, found);
        }
    }
}
