package dev.switchback.migration;

import dev.switchback.migration.MigrationQuery.Stand;
import dev.switchback.migration.Migrations.Cursor;
import dev.switchback.platform.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every statement of the list of migrations. None looks at more rows because there are more of them: a list walks an
 * index in its own order and stops when the page is full, or after {@link #LOOK} rows where what is asked for stands in
 * no index; and where only few rows hold what is asked for, it starts from these.
 *
 * <p>What a walk has to check row by row is written as a subquery of one value, and what is looked up by its id behind
 * {@code OFFSET 0}: a planner may turn any other form into a scan of the whole table.
 */
final class MigrationStatements {

    /** What is held by at most so many is looked up and sorted; what is held by more is met soon on a walk. */
    static final int FEW = 1000;

    /** How many rows a walk looks at in vain before it asks whether to look further. */
    static final int LOOK = 1000;

    /** How many rows are looked at for counting what stands in no index. */
    static final int LOOK_TO_COUNT = 300;

    /** Counted exactly up to here. */
    static final int COUNT = 1000;

    /** How many services or owners there are to choose from. */
    static final int CHOICES = 100;

    /** What so few rows hold that a list starts from them. */
    enum Few {
        NONE,
        TEXT,
        ENVIRONMENT,
        REVIEW
    }

    private static final String NEWEST = " ORDER BY m.changed_at DESC, m.id DESC";
    private static final String AFTER = "(m.changed_at, m.id) < (:changedAt, :id)";
    private static final String HOLDS_WORDS =
            "(SELECT s.words @@ CAST(:words AS tsquery) FROM migration_search s WHERE s.migration_id = m.id)";
    private static final String THERE =
            "r.environment_id = (SELECT e.id FROM environment e WHERE e.key = :environment)";
    private static final String RAN_THERE =
            "(SELECT true FROM migration_ran_in r WHERE " + THERE + " AND r.migration_id = m.id)";
    private static final String WHOLE =
            " f CROSS JOIN LATERAL (SELECT x.* FROM migration x WHERE x.id = f.id OFFSET 0) m WHERE ";

    private final MigrationQuery query;
    private final Map<String, Object> parameters = new HashMap<>();

    /**
     * The statements of a query.
     *
     * @param words its text, as {@link SearchWords.Asked#query} reads it
     */
    MigrationStatements(MigrationQuery query, String words) {
        this.query = query;
        parameters.put("words", words);
        query.only().ifPresent(this::name);
        query.owner().ifPresent(owner -> parameters.put("owner", owner));
        query.environment().ifPresent(environment -> parameters.put("environment", environment));
    }

    /** Each service has a walk of its own in the index, and a name of its own. */
    private void name(List<String> services) {
        for (int i = 0; i < services.size(); i++) {
            parameters.put("service" + i, services.get(i));
        }
    }

    /** How many hold the words, as the planner believes: it knows the common ones, and reads no row for it. */
    Statement believedToHoldWords() {
        return statement(
                "EXPLAIN (FORMAT JSON) SELECT FROM migration_search s WHERE s.words @@ CAST(:words AS tsquery)");
    }

    /** All that hold the words; asked for only where they are believed to be few. */
    Statement holdingWords() {
        return statement("SELECT s.migration_id FROM migration_search s WHERE s.words @@ CAST(:words AS tsquery)");
    }

    /** The answer to {@link #holdingWords}: the page and the counts start from it, so the words are looked up once. */
    void foundWords(List<Long> migrations) {
        parameters.put("found", migrations.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
    }

    /** In how many it ran there, up to one more than {@link #FEW}. */
    Statement ranThere() {
        return statement("SELECT count(*) FROM (SELECT FROM migration_ran_in r WHERE " + THERE
                + " ORDER BY r.migration_id LIMIT " + (FEW + 1) + ") r");
    }

    /** How many need a review, up to one more than {@link #FEW}. */
    Statement toReview() {
        return statement("SELECT count(*) FROM (" + toReview(FEW + 1) + ") m");
    }

    private String toReview(int limit) {
        return laid(
                "m.*",
                query.archived().marks().stream()
                        .map(archived -> "m.archived = " + archived + " AND m.needs_review")
                        .toList(),
                limit);
    }

    /** A page of rows, the last changed first; from a walk it is whole, or {@link #lookedUpTo} says where it ended. */
    Statement page(Few few, Cursor after, int limit) {
        List<String> checks = checks(few);
        if (few != Few.NONE) {
            return statement("SELECT m.* FROM " + from(few) + " AND " + AFTER + NEWEST + " LIMIT " + limit, after);
        }
        if (checks.isEmpty()) {
            return statement(walk(true, limit), after);
        }
        return statement(
                "SELECT m.* FROM (" + walk(true, LOOK) + ") m WHERE " + String.join(" AND ", checks) + NEWEST
                        + " LIMIT " + limit,
                after);
    }

    /** Whether a walk meets rows that do not fit. */
    boolean walksInVain() {
        return !checks(Few.NONE).isEmpty();
    }

    /** The last row that a walk looked at; none when it came to the end. */
    Statement lookedUpTo(Cursor after) {
        return statement(
                "SELECT m.changed_at, m.id FROM (" + walk(true, LOOK) + ") m" + NEWEST + " LIMIT 1 OFFSET "
                        + (LOOK - 1),
                after);
    }

    /**
     * For each state how many fit all but the state, and how many were looked at for it: {@link #LOOK_TO_COUNT} of all
     * states together when there may be more of them.
     */
    Statement counts(Few few) {
        var anyState = new MigrationStatements(query.inAnyState(), (String) parameters.get("words"));
        anyState.parameters.putAll(parameters);
        if (few != Few.NONE) {
            return anyState.statement("SELECT m.state, count(*), 0 FROM " + anyState.from(few) + " GROUP BY m.state");
        }
        List<String> checks = anyState.checks(Few.NONE);
        if (query.needsReview().isEmpty() && checks.isEmpty()) {
            return anyState.statement(anyState.countsOfWalks());
        }
        return anyState.statement("SELECT m.state, count(*)"
                + (checks.isEmpty() ? "" : " FILTER (WHERE " + String.join(" AND ", checks) + ")") + ", count(*) FROM ("
                + anyState.walk(false, LOOK_TO_COUNT) + ") m GROUP BY m.state");
    }

    private String countsOfWalks() {
        return Stream.of(MigrationState.values())
                .map(state -> "SELECT '" + state.word() + "', (SELECT count(*) FROM ("
                        + laid("m.changed_at, m.id", walks(List.of(state)), COUNT + 1) + ") m), 0")
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** Every service there is, up to one more than {@link #CHOICES}. */
    static Statement services() {
        return choices("service");
    }

    /** Every owner there is, up to one more than {@link #CHOICES}. */
    static Statement owners() {
        return choices("owner");
    }

    /** The same of some services only. */
    static Statement ownersWithin(Set<String> services) {
        return services.isEmpty()
                ? new Statement("SELECT '' WHERE false", Map.of())
                : new Statement(
                        "SELECT DISTINCT m.owner FROM migration m WHERE NOT m.archived AND m.service IN (:services)"
                                + " ORDER BY m.owner LIMIT " + (CHOICES + 1),
                        Map.of("services", services));
    }

    /** Jumps from one value to the next, where reading all of them would read every row. */
    private static Statement choices(String column) {
        String next = "(SELECT m.%1$s FROM migration m WHERE m.archived = false%2$s ORDER BY m.%1$s LIMIT 1)";
        return new Statement(
                "WITH RECURSIVE choice(value) AS (" + String.format(next, column, "") + " UNION ALL SELECT "
                        + String.format(next, column, " AND m." + column + " > choice.value")
                        + " FROM choice WHERE choice.value IS NOT NULL)"
                        + " SELECT value FROM choice WHERE value IS NOT NULL LIMIT " + (CHOICES + 1),
                Map.of());
    }

    /** The few rows that hold what is asked for, and what else must be true of them. */
    private String from(Few few) {
        return switch (few) {
            case TEXT -> "(SELECT unnest(CAST(:found AS bigint[])) AS id)" + WHOLE + rest(few);
            case ENVIRONMENT ->
                "(SELECT r.migration_id AS id FROM migration_ran_in r WHERE " + THERE
                        + " ORDER BY r.migration_id LIMIT " + FEW + ")" + WHOLE + rest(few);
            case REVIEW -> "(" + toReview(FEW) + ") m WHERE " + rest(few);
            case NONE -> throw new IllegalArgumentException("a walk starts from no rows");
        };
    }

    private String rest(Few few) {
        var rest = new ArrayList<>(checks(few));
        rest.add("("
                + walks(query.state().map(Stand::states).orElse(List.of())).stream()
                        .map(walk -> "(" + walk + ")")
                        .collect(Collectors.joining(" OR "))
                + ")");
        return String.join(" AND ", rest);
    }

    /** The rows that fit the filters which an index knows, in order. */
    private String walk(boolean after, int limit) {
        String also = (after ? " AND " + AFTER : "") + (walksToReview() ? " AND m.needs_review" : "");
        return laid(
                "m.*",
                walks(query.state().map(Stand::states).orElse(List.of())).stream()
                        .map(walk -> walk + also)
                        .toList(),
                limit);
    }

    /** As many walks as conditions, laid into each other. */
    private static String laid(String columns, List<String> walks, int limit) {
        List<String> all = walks.stream()
                .map(walk -> "SELECT " + columns + " FROM migration m WHERE " + walk + NEWEST + " LIMIT " + limit)
                .toList();
        return all.size() == 1
                ? all.get(0)
                : "SELECT " + columns + " FROM ((" + String.join(") UNION ALL (", all) + ")) m" + NEWEST + " LIMIT "
                        + limit;
    }

    /** The conditions that an index knows: one for each pair of a state, and put away or not. */
    private List<String> walks(List<MigrationState> states) {
        var walks = new ArrayList<String>();
        for (boolean archived : query.archived().marks()) {
            for (String service : ofServices()) {
                String walk = "m.archived = " + archived + service
                        + query.owner().map(owner -> " AND m.owner = :owner").orElse("");
                if (states.isEmpty()) {
                    walks.add(walk);
                }
                states.forEach(state -> walks.add(walk + " AND m.state = '" + state.word() + "'"));
            }
        }
        return walks;
    }

    /** One condition for each service that is asked for; one that is always true when none is. */
    private List<String> ofServices() {
        return query.only()
                .map(only -> only.isEmpty()
                        ? List.of(" AND false")
                        : IntStream.range(0, only.size())
                                .mapToObj(i -> " AND m.service = :service" + i)
                                .toList())
                .orElse(List.of(""));
    }

    /** Whether an index knows what needs a review: it does when nothing else is asked for. */
    private boolean walksToReview() {
        return query.needsReview().orElse(false)
                && query.only().isEmpty()
                && query.owner().isEmpty()
                && query.state().isEmpty();
    }

    /** What is not known from where the rows come, and is checked row by row. */
    private List<String> checks(Few few) {
        var checks = new ArrayList<String>();
        if (query.text().isPresent() && few != Few.TEXT) {
            checks.add(HOLDS_WORDS);
        }
        if (query.environment().isPresent() && few != Few.ENVIRONMENT) {
            checks.add(RAN_THERE);
        }
        if (query.needsReview().isPresent() && few != Few.REVIEW && !(few == Few.NONE && walksToReview())) {
            checks.add(query.needsReview().get() ? "m.needs_review" : "NOT m.needs_review");
        }
        return checks;
    }

    private Statement statement(String sql) {
        return new Statement(sql, parameters);
    }

    private Statement statement(String sql, Cursor after) {
        var all = new HashMap<>(parameters);
        all.put("changedAt", after.changedAt());
        all.put("id", after.id());
        return new Statement(sql, all);
    }
}
