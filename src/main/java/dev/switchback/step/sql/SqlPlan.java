package dev.switchback.step.sql;

import dev.switchback.step.Action;
import dev.switchback.step.CouldNotAskException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An action read and checked, before anything is connected.
 *
 * @param isQuery whether it only reads
 * @param texts the statements as stated
 * @param statements the statements, parsed
 * @param transaction whether they run in one transaction
 * @param concurrently whether one of them says CONCURRENTLY
 * @param atMost how many rows they may touch
 */
record SqlPlan(
        boolean isQuery,
        List<String> texts,
        List<NamedSql> statements,
        boolean transaction,
        boolean concurrently,
        Optional<Long> atMost) {

    private static final Pattern CONCURRENTLY = Pattern.compile("\\bCONCURRENTLY\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern TRANSACTION_CONTROL = Pattern.compile(
            "(^|;)\\s*(BEGIN|COMMIT|END|ABORT|ROLLBACK(?!\\s+(WORK\\s+|TRANSACTION\\s+)?TO)|START\\s+TRANSACTION"
                    + "|PREPARE\\s+TRANSACTION)\\b",
            Pattern.CASE_INSENSITIVE);

    /** @throws CouldNotAskException when the action makes no sense */
    static SqlPlan of(Action action) {
        boolean query = action.has("query");
        if (query == action.has("statements")) {
            throw new CouldNotAskException(
                    "the action has " + (query ? "both query and statements" : "neither statements nor query"),
                    "statements to run, or a query to read");
        }
        List<String> texts = query ? action.texts("query") : action.texts("statements");
        if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
            throw new CouldNotAskException("the action has an empty statement", "SQL");
        }
        List<NamedSql> statements = texts.stream().map(NamedSql::of).toList();
        boolean concurrently = statements.stream()
                .anyMatch(each -> CONCURRENTLY.matcher(each.bare()).find());
        boolean transaction = query || action.flag("transaction", !concurrently);
        if (transaction) {
            statements.forEach(SqlPlan::refuseTransactionControl);
        }
        return new SqlPlan(query, texts, statements, transaction, concurrently, atMost(action));
    }

    private static void refuseTransactionControl(NamedSql statement) {
        if (TRANSACTION_CONTROL.matcher(statement.bare()).find()) {
            throw new CouldNotAskException(
                    "a statement begins or ends a transaction, but Switchback does that: "
                            + Action.firstLine(statement.bare()),
                    "statements without BEGIN and COMMIT, or transaction: false");
        }
    }

    private static Optional<Long> atMost(Action action) {
        try {
            return action.text("atMost").map(text -> Long.valueOf(text.strip()));
        } catch (NumberFormatException wrong) {
            throw new CouldNotAskException("atMost is " + action.text("atMost").orElse(""), "a number of rows");
        }
    }
}
