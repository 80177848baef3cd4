package dev.switchback.step.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Foreseen;
import dev.switchback.step.StepContext;
import dev.switchback.step.Target;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Asks PostgreSQL with {@code EXPLAIN}, never {@code ANALYZE}, about how many rows statements would change. Every statement
 * is explained in a transaction of its own that is read only and rolled back, in a session that is read only by default:
 * planning calls functions that are declared as unable to change anything, and some lie.
 *
 * @param target which database
 * @param plan the statements
 * @param values what is bound in a statement
 * @param context secrets and brake
 */
record EstimateRows(Target target, SqlPlan plan, Function<NamedSql, List<JsonNode>> values, StepContext context) {

    /** How long a lock is waited for: a preview must not stand in the queue in front of a service. */
    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern EXPLAINABLE = Pattern.compile(
            "\\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|VALUES|TABLE)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    List<Foreseen> ask() {
        if (plan.statements().stream().allMatch(statement -> refusal(statement).isPresent())) {
            return each(i -> Foreseen.notKnown(text(i), refusal(statement(i)).orElseThrow()));
        }
        try (SqlSession session = SqlSession.open(target, context, LOCK_TIMEOUT)) {
            session.staysReadOnly();
            return each(i -> about(session, i));
        } catch (SQLException notLetIn) {
            String why = "no connection to the database: " + Postgres.words(notLetIn);
            return each(i -> Foreseen.couldNotAsk(text(i), why));
        }
    }

    private List<Foreseen> each(Function<Integer, Foreseen> one) {
        var all = new ArrayList<Foreseen>();
        for (int i = 0; i < plan.statements().size(); i++) {
            all.add(one.apply(i));
        }
        return all;
    }

    private String text(int i) {
        return plan.texts().get(i).strip();
    }

    private NamedSql statement(int i) {
        return plan.statements().get(i);
    }

    /** Why the database cannot be asked about it at all; one statement at a time, and of a kind that it can plan. */
    static Optional<String> refusal(NamedSql statement) {
        String bare = statement.bare().strip().replaceFirst("(;\\s*)+$", "");
        if (bare.indexOf(';') >= 0) {
            return Optional.of("it is several statements in one");
        }
        return EXPLAINABLE.matcher(bare).matches()
                ? Optional.empty()
                : Optional.of("the database plans only SELECT, INSERT, UPDATE, DELETE and MERGE");
    }

    private Foreseen about(SqlSession session, int i) {
        Optional<String> refusal = refusal(statement(i));
        if (refusal.isPresent()) {
            return Foreseen.notKnown(text(i), refusal.get());
        }
        if (context.cancellation().isCancelled()) {
            return Foreseen.couldNotAsk(text(i), "there was no time left");
        }
        try {
            List<JsonNode> bound = values.apply(statement(i));
            return read(text(i), session.explain(statement(i), bound, STATEMENT_TIMEOUT));
        } catch (CouldNotAskException missing) {
            return Foreseen.couldNotAsk(text(i), missing.getMessage());
        } catch (SQLException refused) {
            return Postgres.lost(refused)
                    ? Foreseen.couldNotAsk(text(i), Postgres.words(refused))
                    : Foreseen.notKnown(
                            text(i),
                            "the database says: " + Postgres.words(refused)
                                    + (i > 0 || isMissing(refused)
                                            ? "; an earlier step or statement may change that"
                                            : ""));
        }
    }

    /** Undefined table, column, function or schema: what an earlier step may create. */
    private static boolean isMissing(SQLException refused) {
        return List.of("42P01", "42703", "42883", "3F000").contains(refused.getSQLState());
    }

    /** Reads what {@code EXPLAIN (FORMAT JSON)} said. */
    static Foreseen read(String statement, String explained) {
        try {
            JsonNode plan = JSON.readTree(explained).path(0).path("Plan");
            var changed = new long[] {-1};
            addChanged(plan, changed);
            boolean changes = changed[0] >= 0;
            return Foreseen.estimated(
                    statement, changes ? changed[0] : plan.path("Plan Rows").asLong(), changes);
        } catch (JsonProcessingException unreadable) {
            return Foreseen.couldNotAsk(statement, "what the database said about it cannot be read");
        }
    }

    /** A node that changes rows says only how many it returns: what it changes comes from below it. */
    private static void addChanged(JsonNode node, long[] sum) {
        boolean changes = node.path("Node Type").asText().equals("ModifyTable");
        if (changes) {
            sum[0] = Math.max(0, sum[0]);
        }
        for (JsonNode child : node.path("Plans")) {
            if (changes && child.path("Parent Relationship").asText().equals("Outer")) {
                sum[0] += child.path("Plan Rows").asLong();
            }
            addChanged(child, sum);
        }
    }
}
