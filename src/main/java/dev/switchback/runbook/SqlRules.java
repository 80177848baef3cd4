package dev.switchback.runbook;

import dev.switchback.step.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the linter knows about the statements of SQL steps. */
final class SqlRules {
    private static final Pattern COMMENTS_AND_TEXTS =
            Pattern.compile("--[^\\n]*|/\\*(?:.*?\\*/|.*)|'[^']*+'?", Pattern.DOTALL);
    private static final Pattern INDEX = Pattern.compile("^create (unique )?index(?! concurrently\\b)");
    private static final Pattern CONCURRENT_INDEX =
            Pattern.compile("^(create (unique )?|drop |re)index .*concurrently\\b.*|^reindex .*");
    private static final Pattern HIDDEN_FAILURE =
            Pattern.compile("^create (unique )?index concurrently if not exists\\b");
    private static final Pattern WHOLE_TABLE = Pattern.compile("^(delete from|update) (?!.*\\bwhere\\b)");

    private SqlRules() {}

    static List<Finding> of(RunbookStep step, String place) {
        List<Finding> findings = new ArrayList<>();
        List<String> statements = step.kind() == StepKind.SQL ? Members.texts(step.action(), "statements") : List.of();
        for (int i = 0; i < statements.size(); i++) {
            look(step, bare(statements.get(i)), place + ".sql.statements[" + i + "]", findings);
        }
        return findings;
    }

    /** The statement in small letters and one line, without comments and without its texts. */
    private static String bare(String statement) {
        String code = COMMENTS_AND_TEXTS.matcher(statement).replaceAll(" ");
        return code.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
    }

    private static void look(RunbookStep step, String statement, String place, List<Finding> findings) {
        String name = "Step “" + step.id() + "”";
        if (INDEX.matcher(statement).find()) {
            findings.add(new Finding(
                    "index-blocks-writes",
                    Finding.Level.WARNING,
                    place,
                    name + " creates an index while all writes to the table wait",
                    "CREATE INDEX CONCURRENTLY; on a table that nobody uses yet, leave it",
                    null));
        }
        boolean inTransaction = step.action().path("transaction").asBoolean(false);
        if (inTransaction
                && statement.contains(" concurrently")
                && CONCURRENT_INDEX.matcher(statement).matches()) {
            findings.add(new Finding(
                    "concurrently-in-transaction",
                    Finding.Level.ERROR,
                    place,
                    name + " says CONCURRENTLY inside a transaction, which the database refuses",
                    "transaction: false, or leave it out",
                    null));
        }
        if (HIDDEN_FAILURE.matcher(statement).find()) {
            findings.add(new Finding(
                    "index-failure-hidden",
                    Finding.Level.WARNING,
                    place,
                    name + " takes a broken index of the same name for a finished one",
                    "DROP INDEX CONCURRENTLY IF EXISTS first, then create it without IF NOT EXISTS",
                    null));
        }
        if (WHOLE_TABLE.matcher(statement).find() && !step.action().has("atMost")) {
            findings.add(new Finding(
                    "whole-table-changed",
                    Finding.Level.WARNING,
                    place,
                    name + " changes every row of a table, however many there are",
                    "add WHERE, or atMost: the number of rows it may touch",
                    null));
        }
    }
}
