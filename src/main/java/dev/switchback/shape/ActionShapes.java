package dev.switchback.shape;

import static dev.switchback.shape.Atoms.*;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What steps, rollbacks, conditions and metrics can do: the actions of CONTRACT.md section 2. */
public final class ActionShapes {
    public static final List<String> STEP_KINDS =
            List.of("shell", "ssh", "http", "sql", "redis", "kubernetes", "manual", "wait", "check", "measure");
    public static final List<String> READING_KINDS = List.of("http", "sql", "shell", "ssh", "prometheus");
    public static final List<String> ACTING_KINDS = List.of("shell", "ssh", "http", "sql", "redis", "kubernetes");

    public static final ObjectShape SHELL = command("shell");
    public static final ObjectShape SSH = command("ssh")
            .optional("hosts", ListShape.of(LINE).atLeast(1))
            .optional("batch", NumberShape.whole(1, 1_000));

    public static final ObjectShape HTTP = ObjectShape.named("http")
            .required("target", KEY)
            .required("request", REQUEST)
            .optional("headers", HEADERS)
            .optional("json", ANY)
            .optional("body", TextShape.anything())
            .optional("expectStatus", STATUS)
            .optional("expectJson", EXPECTED_JSON)
            .optional("follow", FLAG)
            .atMostOne("body", "json", "body")
            .rule(ActionShapes::checkStatuses);

    private static final Shape STATEMENTS = ListShape.of(TEXT).atLeast(1).atMost(Limits.STATEMENTS);

    public static final ObjectShape SQL = ObjectShape.named("sql")
            .required("target", KEY)
            .optional("statements", STATEMENTS)
            .optional("query", TEXT)
            .optional("parameters", PARAMETERS)
            .optional("transaction", FLAG)
            .optional("lockTimeout", POSITIVE_DURATION)
            .optional("statementTimeout", POSITIVE_DURATION)
            .optional("atMost", NumberShape.whole(0, 1_000_000_000_000L))
            .exactlyOne("statements", "statements", "query");

    public static final ObjectShape QUERY = ObjectShape.named("query")
            .required("target", KEY)
            .required("query", TEXT)
            .optional("parameters", PARAMETERS)
            .optional("statementTimeout", POSITIVE_DURATION);

    static final ObjectShape REDIS = ObjectShape.named("redis")
            .required("target", KEY)
            .required(
                    "delete",
                    EitherShape.of(
                            "a key pattern or a list of them",
                            LINE,
                            ListShape.of(LINE).atLeast(1)))
            .optional("atMost", NumberShape.whole(0, 1_000_000_000));

    private static final Shape MANIFEST = EitherShape.of(
            "a manifest: text, a mapping or a list of mappings",
            TEXT,
            FREE,
            ListShape.of(FREE).atLeast(1));
    private static final Shape OBJECT_NAME = EitherShape.of("such as deployment/web, or a mapping", LINE, FREE);

    static final ObjectShape KUBERNETES = ObjectShape.named("kubernetes")
            .required("target", KEY)
            .optional("apply", MANIFEST)
            .optional("patch", MANIFEST)
            .optional("restart", OBJECT_NAME)
            .optional("waitFor", OBJECT_NAME)
            .exactlyOne("verb", "apply", "patch", "restart", "waitFor");

    static final ObjectShape MANUAL =
            ObjectShape.named("manual").required("instructions", TEXT).optional("evidence", FLAG);
    static final ObjectShape WAIT = ObjectShape.named("wait").required("for", DURATION);
    static final ObjectShape MEASURE = ObjectShape.named("measure")
            .required("metrics", ListShape.of(KEY).atLeast(1).atMost(Limits.METRICS));
    static final ObjectShape PROMETHEUS =
            ObjectShape.named("prometheus").required("target", KEY).required("query", TEXT);

    public static final ObjectShape CONDITION = condition(ObjectShape.named("condition"));
    public static final ObjectShape CHECK =
            condition(ObjectShape.named("check")).optional("within", DURATION);

    private ActionShapes() {}

    /** The actions by kind, in the order of the contract. */
    static Map<String, ObjectShape> of(List<String> kinds) {
        var all = new LinkedHashMap<String, ObjectShape>();
        all.put("shell", SHELL);
        all.put("ssh", SSH);
        all.put("http", HTTP);
        all.put("sql", SQL);
        all.put("redis", REDIS);
        all.put("kubernetes", KUBERNETES);
        all.put("manual", MANUAL);
        all.put("wait", WAIT);
        all.put("check", CHECK);
        all.put("measure", MEASURE);
        all.keySet().retainAll(kinds);
        return all;
    }

    /** One action that reads, and what it must say. */
    static ObjectShape condition(ObjectShape named) {
        return named.optional("http", HTTP)
                .optional("sql", QUERY)
                .optional("shell", SHELL)
                .optional("ssh", SSH)
                .optional("prometheus", PROMETHEUS)
                .optional("is", IS)
                .optional("expectJson", EXPECTED_JSON)
                .exactlyOne("action that reads", READING_KINDS.toArray(String[]::new))
                .atMostOne("expectation", "is", "expectJson")
                .rule(ActionShapes::checkExpectedOnce);
    }

    private static ObjectShape command(String name) {
        return ObjectShape.named(name)
                .required("target", KEY)
                .optional("command", TEXT)
                .optional("script", TEXT)
                .optional("environment", VARIABLES)
                .optional("strict", FLAG)
                .optional("expectExit", EXIT)
                .optional("expectOutput", TEXT)
                .exactlyOne("command", "command", "script");
    }

    private static void checkExpectedOnce(JsonNode condition, Place place, Report report) {
        if (condition.has("expectJson") && condition.path("http").has("expectJson")) {
            report.add(
                    place.member("expectJson"), "“expectJson” stands beside the action and inside it", "one of them");
        }
    }

    static void checkStatuses(JsonNode action, Place place, Report report) {
        JsonNode status = action.path("expectStatus");
        Place here = place.member("expectStatus");
        if (status.isArray()) {
            for (int i = 0; i < status.size(); i++) {
                checkRange(status.get(i), here.item(i), report);
            }
        } else {
            checkRange(status, here, report);
        }
    }

    private static void checkRange(JsonNode status, Place place, Report report) {
        if (!status.isTextual() || !status.textValue().matches("[0-9]{3}-[0-9]{3}")) {
            return;
        }
        String range = status.textValue();
        if (range.substring(0, 3).compareTo(range.substring(4)) > 0) {
            report.add(place, place.label() + " is an empty range " + Words.quoted(range), "the lower status first");
        }
    }
}
