package dev.switchback.step.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.switchback.secret.MissingSecretException;
import dev.switchback.step.Action;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CarefulExecutor;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Durations;
import dev.switchback.step.Foreseen;
import dev.switchback.step.Outcome;
import dev.switchback.step.Rendering;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepKind;
import dev.switchback.step.Target;
import dev.switchback.step.Variables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs {@code {target, statements, transaction, lockTimeout, statementTimeout, parameters, atMost}}, or reads with
 * {@code {target, query, parameters}}, on a target of kind {@code jdbc}; PostgreSQL only.
 *
 * <p>{@code :name} binds a value of {@code parameters} or else the variable of that name, outside quotes, comments,
 * {@code $$} and {@code ::}. {@code transaction} defaults to true, or false where a statement says CONCURRENTLY;
 * {@code lockTimeout} defaults to 5 s. {@code atMost} counts the rows that statements report as changed (not those
 * changed inside functions and triggers): above it everything is rolled back; without a transaction it can only be
 * told afterwards, and the statements that follow do not run. A query runs in a read-only transaction; no row is
 * <em>failed</em>, a NULL <em>succeeded</em> without a value.
 *
 * <p>No connection is <em>errored</em>; so is a connection lost inside a transaction, because the database rolls it
 * back. A connection lost during the commit, or during a statement without a transaction, is <em>unknown</em>.
 */
public final class SqlStepExecutor extends CarefulExecutor {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    @Override
    public StepKind kind() {
        return StepKind.SQL;
    }

    @Override
    public void permit(Target target) {
        Postgres.permit(target);
    }

    @Override
    protected String summary(Action action) {
        List<String> statements = action.has("query") ? action.texts("query") : action.texts("statements");
        if (statements.isEmpty()) {
            return "";
        }
        String first = Action.firstLine(statements.get(0));
        return statements.size() == 1 ? first : first + " (and " + (statements.size() - 1) + " more)";
    }

    @Override
    protected Outcome carryOut(Action action, StepContext context) {
        Target target = action.target(context, "jdbc");
        SqlPlan plan = SqlPlan.of(action);
        var values = new Values(action.named("parameters"), context);
        plan.statements().forEach(values::of);
        Duration lockTimeout = action.duration("lockTimeout").orElse(LOCK_TIMEOUT);
        Optional<Duration> statementTimeout = action.duration("statementTimeout");
        try (SqlSession session = SqlSession.open(target, context, lockTimeout)) {
            return plan.isQuery()
                    ? new Query(session, plan, values, context).run(statementTimeout)
                    : new Script(session, plan, values, context).run(statementTimeout);
        } catch (SQLException notLetIn) {
            return Outcome.errored(
                    "no connection to the database of the target " + target.name() + ": " + Postgres.words(notLetIn)
                            + "; nothing was done",
                    "a database that lets Switchback in");
        }
    }

    @Override
    protected void draw(Action action, StepContext context, Rendering.Draft draft) {
        SqlPlan plan = SqlPlan.of(action);
        var values = new Values(action.named("parameters"), context);
        int number = 0;
        for (NamedSql statement : plan.statements()) {
            String text = plan.texts().get(number++).strip();
            String name = plan.isQuery() ? "query" : "statement" + (plan.texts().size() == 1 ? "" : " " + number);
            var bound = new LinkedHashMap<String, String>();
            draft.attempt(() -> statement.names().forEach(each -> bound.put(":" + each, shown(values.of(each)))));
            draft.part(name, text, bound);
        }
        draft.text("transaction", transaction(plan));
        draft.attempt(() -> draft.values("limits", limits(action, plan)));
        draft.expects(plan.isQuery() ? "at least one row" : "no error");
        Target target = action.target(context, "jdbc");
        draft.at(target.text("url", "").replaceFirst("[?;].*", ""));
        draft.at(Postgres.place(target, context.secrets()));
    }

    private static String shown(JsonNode value) {
        return value.isNull() ? "NULL" : value.isTextual() ? value.textValue() : value.toString();
    }

    private static String transaction(SqlPlan plan) {
        if (plan.isQuery()) {
            return "read only, rolled back afterwards";
        }
        return plan.transaction() ? "one for all statements" : "none: each statement takes effect by itself";
    }

    private static Map<String, String> limits(Action action, SqlPlan plan) {
        var limits = new LinkedHashMap<String, String>();
        limits.put("lockTimeout", Durations.words(action.duration("lockTimeout").orElse(LOCK_TIMEOUT)));
        action.duration("statementTimeout").ifPresent(time -> limits.put("statementTimeout", Durations.words(time)));
        plan.atMost().ifPresent(rows -> limits.put("atMost", rows(rows)));
        return limits;
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : count + " rows";
    }

    @Override
    public List<Foreseen> foresee(JsonNode action, StepContext context) {
        var stated = new Action(action);
        try {
            Target target = stated.target(context, "jdbc");
            SqlPlan plan = SqlPlan.of(stated);
            return new EstimateRows(target, plan, new Values(stated.named("parameters"), context)::of, context).ask();
        } catch (CouldNotAskException | MissingSecretException missing) {
            return List.of(Foreseen.couldNotAsk(summary(stated), missing.getMessage()));
        } catch (RuntimeException defect) {
            return List.of(Foreseen.couldNotAsk(summary(stated), "Switchback itself failed: " + defect));
        }
    }

    /** The values of the names in a statement. */
    private record Values(Map<String, JsonNode> parameters, StepContext context) {

        List<JsonNode> of(NamedSql sql) {
            return sql.names().stream().map(this::of).toList();
        }

        private JsonNode of(String name) {
            JsonNode value = parameters.get(name);
            if (value == null) {
                if (!context.variables().containsKey(name)) {
                    throw new CouldNotAskException(
                            "nothing says what :" + name + " is", "a parameter or a variable named " + name);
                }
                return TextNode.valueOf(Variables.value(name, context));
            }
            return value.isTextual() ? TextNode.valueOf(context.secrets().resolve(value.textValue())) : value;
        }
    }

    private static String why(StepContext context) {
        return context.cancellation()
                .reason()
                .map(reason -> reason == Cancellation.Reason.TIMEOUT ? "timed out" : "aborted")
                .orElse("stopped");
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** One query, which changes nothing. */
    private record Query(SqlSession session, SqlPlan plan, Values values, StepContext context) {

        Outcome run(Optional<Duration> statementTimeout) {
            NamedSql query = plan.statements().get(0);
            context.log().engine(Action.firstLine(plan.texts().get(0)));
            try {
                session.begin(true, true, statementTimeout);
                SqlSession.Done done = session.execute(query, values.of(query));
                session.rollBack();
                Outcome outcome = done.rows() == 0
                        ? Outcome.failed("the query found no row", "at least one row")
                        : Outcome.succeeded(done.value()
                                .map(value -> "read " + context.firstLine(value))
                                .orElse("read NULL"));
                return outcome.withValue(done.value().orElse(null));
            } catch (SQLException refused) {
                session.isOver();
                if (context.cancellation().isCancelled()) {
                    return Outcome.errored(
                            why(context) + "; the query was cancelled, it changed nothing", "an answer in time");
                }
                return Outcome.errored(
                        "the database did not answer the query: " + Postgres.words(refused) + "; it changed nothing",
                        "a query that the database answers");
            }
        }
    }

    /** Statements that change something, in one transaction or each by itself. */
    private static final class Script {
        private final SqlSession session;
        private final SqlPlan plan;
        private final Values values;
        private final StepContext context;
        private final long began = System.nanoTime();
        private long touched;
        private int finished;
        private boolean statementSent;
        private boolean committing;
        private Optional<String> value = Optional.empty();

        Script(SqlSession session, SqlPlan plan, Values values, StepContext context) {
            this.session = session;
            this.plan = plan;
            this.values = values;
            this.context = context;
        }

        Outcome run(Optional<Duration> statementTimeout) {
            try {
                session.begin(plan.transaction(), false, statementTimeout);
                for (NamedSql statement : plan.statements()) {
                    if (context.cancellation().isCancelled()) {
                        return stopped();
                    }
                    execute(statement);
                    if (plan.atMost().isPresent() && touched > plan.atMost().get()) {
                        return tooMany(plan.atMost().get());
                    }
                }
                if (context.cancellation().isCancelled() && plan.transaction()) {
                    return stopped();
                }
                commit();
                return withInvalidIndexes(succeeded());
            } catch (SQLException failure) {
                return withInvalidIndexes(failed(failure));
            }
        }

        private void execute(NamedSql statement) throws SQLException {
            String place = plan.statements().size() == 1
                    ? ""
                    : finished + 1 + "/" + plan.statements().size() + " ";
            context.log().engine(place + Action.firstLine(plan.texts().get(finished)));
            statementSent = true;
            SqlSession.Done done = session.execute(statement, values.of(statement));
            statementSent = false;
            finished++;
            touched += done.touched();
            if (done.rows() > 0) {
                value = done.value();
            }
            if (done.touched() > 0) {
                context.log().engine(rows(done.touched()) + " affected");
            }
        }

        private void commit() throws SQLException {
            if (plan.transaction()) {
                committing = true;
                session.commit();
                committing = false;
            }
            session.isOver();
        }

        private Outcome succeeded() {
            String count = finished == 1 ? "1 statement" : finished + " statements";
            return Outcome.succeeded(count + ", " + rows(touched) + " affected, after " + Durations.words(since(began)))
                    .withValue(value.orElse(null));
        }

        private Outcome tooMany(long atMost) {
            String expected = "at most " + rows(atMost);
            if (!plan.transaction()) {
                session.isOver();
                return Outcome.failed(
                        "touched " + rows(touched) + ", at most " + atMost + " allowed; without a transaction they stay"
                                + remaining(),
                        expected);
            }
            session.rollBack();
            return Outcome.failed(
                    "would have touched " + rows(touched) + ", at most " + atMost
                            + " allowed; rolled back, nothing was changed",
                    expected);
        }

        private String remaining() {
            int left = plan.statements().size() - finished;
            return left == 0
                    ? ""
                    : "; " + left + " more " + (left == 1 ? "statement was" : "statements were") + " not run";
        }

        private Outcome stopped() {
            String what = why(context) + " after " + Durations.words(since(began));
            return Outcome.failed(what + "; " + consequence(), "an end in time");
        }

        private Outcome failed(SQLException failure) {
            boolean lost = Postgres.lost(failure) || session.wasCut();
            if (lost) {
                session.isOver();
                return lost(failure);
            }
            if (context.cancellation().isCancelled()) {
                return stopped();
            }
            String blockers = LOCK_NOT_AVAILABLE.equals(failure.getSQLState())
                    ? session.blockers()
                            .map(who -> "; the lock is held by " + who)
                            .orElse("")
                    : "";
            String which = plan.statements().size() == 1 || committing ? "" : "statement " + (finished + 1) + ": ";
            return Outcome.failed(
                    which + Postgres.words(failure) + blockers + "; " + consequence(),
                    "statements that the database accepts");
        }

        /** Ends the transaction, if there is one, and says what stays. */
        private String consequence() {
            if (plan.transaction()) {
                return session.rollBack()
                        ? "rolled back, nothing was changed"
                        : "the connection was lost too, so the database rolls back by itself";
            }
            session.isOver();
            if (finished == 0) {
                return "no statement took effect as a whole";
            }
            return "the first " + (finished == 1 ? "statement" : finished + " statements") + " took effect and "
                    + (finished == 1 ? "stays" : "stay");
        }

        private Outcome lost(SQLException failure) {
            String message = session.wasCut()
                    ? why(context) + "; the statement did not end when it was cancelled, so the connection was cut"
                    : "the connection was lost: " + Postgres.words(failure);
            if (committing) {
                return Outcome.unknown(
                        message + " during the commit; it may or may not have taken effect",
                        "a commit that the database confirms");
            }
            if (plan.transaction() && !session.wasCut()) {
                return Outcome.errored(message + "; nothing was committed", "a connection to the end");
            }
            if (!statementSent && finished == 0) {
                return Outcome.errored(message + "; no statement was sent", "a connection to the end");
            }
            return Outcome.unknown(
                    message + "; statement "
                            + Math.min(finished + 1, plan.statements().size())
                            + " may still run or may have taken effect",
                    "a connection to the end; look into pg_stat_activity");
        }

        /** A failed CREATE INDEX CONCURRENTLY leaves an index that costs writes and looks done to IF NOT EXISTS. */
        private Outcome withInvalidIndexes(Outcome outcome) {
            if (!plan.concurrently()) {
                return outcome;
            }
            return session.invalidIndexes()
                    .map(names -> outcome.withWarning("not valid in this database: " + names
                            + "; drop such an index (DROP INDEX CONCURRENTLY) before it is built again"))
                    .orElse(outcome);
        }
    }
}
