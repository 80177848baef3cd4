package dev.switchback.shape;

import static dev.switchback.shape.ActionShapes.*;
import static dev.switchback.shape.Atoms.*;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.problem.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an environment and a migration must look like: section 2 of the contract, written once. Pure functions, safe for
 * use by several threads.
 */
public final class RunbookShapes {
    /** The only {@code apiVersion}. */
    public static final String API_VERSION = "switchback/v1";

    public static final List<String> PHASES = List.of("prepare", "change", "clear-cache", "verify", "contract");
    private static final List<String> ENDPOINTS = List.of("p50", "p95", "errors", "dbCalls", "hitRatio", "value");

    /** Gates that an environment can switch on or off; {@code approvals} besides is a number. */
    public static final List<String> GATES = List.of(
            "reviewed",
            "rehearsed",
            "rollback",
            "baseline",
            "compared",
            "checklist",
            "identity",
            "window",
            "freeze",
            "settings",
            "drift",
            "data",
            "plans",
            "probe");

    private static final Shape GATE_SHAPE = ObjectShape.named("gates")
            .optional("approvals", NumberShape.whole(0, Limits.APPROVALS))
            .optional(each(GATES, FLAG));

    private static final Shape FREEZE = ObjectShape.named("freeze")
            .required("from", TIME)
            .required("to", TIME)
            .optional("reason", LINE)
            .rule(CrossRules::freezeEndsAfterItBegins);

    private static final Shape WINDOW = ObjectShape.named("window")
            .optional(
                    "days",
                    ListShape.of(ChoiceShape.of("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
                            .atLeast(1)
                            .atMost(7))
            .required("from", CLOCK)
            .required("to", CLOCK_END)
            .optional("zone", ZONE)
            .optional("reason", LINE);

    /** What the service has to do besides our requests: a share of what it has, or a rate. */
    private static final Shape LOAD = ObjectShape.named("load")
            .required("name", LINE)
            .optional("prometheus", PROMETHEUS)
            .optional("sql", QUERY)
            .optional("share", FLAG)
            .exactlyOne("source", "prometheus", "sql");

    public static final ObjectShape ENVIRONMENT = document("environment", "Environment")
            .required("name", LINE)
            .required("tier", ChoiceShape.of("development", "staging", "production"))
            .optional("owner", LINE)
            .optional("editors", ListShape.of(LINE).atLeast(1))
            .optional("variables", VARIABLES)
            .optional("targets", MapShape.of(KEY, new KindShape(targets())))
            .optional("identity", ListShape.of(CONDITION))
            .optional("load", ListShape.of(LOAD).atMost(Limits.METRICS))
            .optional("freezes", ListShape.of(FREEZE))
            .optional("windows", ListShape.of(WINDOW))
            .optional("gates", GATE_SHAPE)
            .rule(CrossRules::identityAsksItsOwnTargets);

    private static final Shape TODAY = ObjectShape.named("today")
            .optional("route", TEXT)
            .optional("input", TEXT)
            .optional("slow", TEXT)
            .optional("noticed", TEXT);

    private static final Shape LINK_SHAPE =
            ObjectShape.named("link").optional("title", LINE).required("url", LINK);

    private static final Shape CHECKLIST_ITEM = ObjectShape.named("checklistItem")
            .required("id", KEY)
            .required("title", LINE)
            .optional("evidence", ChoiceShape.of("plan", "run", "data", "comparison", "note"));

    private static final Shape SLOW_REQUEST = ObjectShape.named("slowRequest")
            .required("request", REQUEST)
            .optional("timeout", POSITIVE_DURATION)
            .optional("headers", HEADERS)
            .optional("expectStatus", STATUS)
            .optional("expectJson", EXPECTED_JSON)
            .optional("follow", FLAG)
            .rule(ActionShapes::checkStatuses)
            .rule(CrossRules::onlyReads);

    private static final Shape WRITE_THEN_READ = ObjectShape.named("writeThenRead")
            .required(
                    "write",
                    ObjectShape.named("probeWrite")
                            .required("request", REQUEST)
                            .optional("headers", HEADERS)
                            .optional("json", ANY)
                            .optional("body", TextShape.anything())
                            .optional("expectStatus", STATUS)
                            .atMostOne("body", "json", "body")
                            .rule(ActionShapes::checkStatuses))
            .required(
                    "read",
                    ObjectShape.named("probeRead")
                            .required("request", REQUEST)
                            .optional("headers", HEADERS)
                            .optional("expectStatus", STATUS)
                            .optional("expectJson", EXPECTED_JSON)
                            .rule(ActionShapes::checkStatuses)
                            .rule(CrossRules::onlyReads))
            .required("mayWrite", FLAG)
            .optional("timeout", POSITIVE_DURATION)
            .rule(CrossRules::writesTestDataOnly);

    private static final Shape PROBE = ObjectShape.named("probe")
            .required("target", KEY)
            .required("request", REQUEST)
            .optional("every", POSITIVE_DURATION)
            .optional("timeout", POSITIVE_DURATION)
            .optional("tolerate", NumberShape.whole(0, 1_000_000))
            .optional("inputs", ListShape.of(PARAMETERS).atLeast(1))
            .optional("headers", HEADERS)
            .optional("expectStatus", STATUS)
            .optional("expectJson", EXPECTED_JSON)
            .optional("follow", FLAG)
            .optional("slowRequest", SLOW_REQUEST)
            .optional("writeThenRead", WRITE_THEN_READ)
            .rule(ActionShapes::checkStatuses);

    private static final Shape SETTINGS_SOURCE = ObjectShape.named("settingsSource")
            .required("name", KEY)
            .optional("sql", QUERY)
            .optional("file", ObjectShape.named("file").required("target", KEY).required("path", LINE))
            .optional("http", HTTP)
            .optional("secret", LINES)
            .exactlyOne("source", "sql", "file", "http");

    private static final Shape PLAN = ObjectShape.named("plan")
            .required("name", KEY)
            .required("target", KEY)
            .required("query", TEXT)
            .optional("parameters", PARAMETERS);

    private static final Shape REALISTIC_DATA = ObjectShape.named("realisticData")
            .required("target", KEY)
            .required("table", LINE)
            .required("atLeast", NumberShape.between("0", "1000000"));

    private static final Shape HOLD = condition(ObjectShape.named("hold").required("name", LINE));

    public static final ObjectShape MIGRATION = document("migration", "Migration")
            .required("title", LINE)
            .required("service", LINE)
            .required("owner", LINE)
            .optional("backup", LINE)
            .optional("needsReview", FLAG)
            .optional("difficulty", ChoiceShape.of("beginner", "intermediate", "advanced"))
            .optional("stack", LINES)
            .optional("tools", LINES)
            .optional("links", ListShape.of(LINK_SHAPE))
            .optional("today", TODAY)
            .required("expected", TEXT)
            .required("rollbackNote", TEXT)
            .optional("rollbackFor", REACH)
            .optional("rollbackWithin", POSITIVE_DURATION)
            .optional("assumptions", ListShape.of(TEXT))
            .optional("attributes", FREE)
            .optional("metrics", ListShape.of(metric()).atMost(Limits.METRICS))
            .optional("probe", PROBE)
            .optional("settings", ListShape.of(SETTINGS_SOURCE))
            .optional("plans", ListShape.of(PLAN))
            .optional("realisticData", ListShape.of(REALISTIC_DATA))
            .optional("checklist", ListShape.of(CHECKLIST_ITEM))
            .optional("holds", ListShape.of(HOLD))
            .optional("steps", ListShape.of(step()).atMost(Limits.STEPS))
            .optional("onFailure", ChoiceShape.of("ask", "rollback"))
            .optional("approvals", NumberShape.whole(0, Limits.APPROVALS))
            .rule(CrossRules::namesAreUnique)
            .rule(CrossRules::referencesExist);

    private RunbookShapes() {}

    /** Everything that is wrong with the content of a migration, all at once; empty when it is right. No lines. */
    public static List<Violation> validateMigration(JsonNode content) {
        return validate(content, MIGRATION);
    }

    /** Everything that is wrong with the content of an environment, all at once; empty when it is right. No lines. */
    public static List<Violation> validateEnvironment(JsonNode content) {
        return validate(content, ENVIRONMENT);
    }

    static List<Violation> validate(JsonNode content, ObjectShape shape) {
        Report report = new Report(new Lines());
        if (WellFormed.check(content, report)) {
            shape.check(content, Place.DOCUMENT, report);
        }
        return FileProblems.capped(report.violations());
    }

    private static ObjectShape document(String name, String kind) {
        return ObjectShape.named(name)
                .required("apiVersion", ChoiceShape.of(API_VERSION))
                .required("kind", ChoiceShape.of(kind))
                .required("key", DOCUMENT_KEY);
    }

    private static Map<String, ObjectShape> targets() {
        var kinds = new LinkedHashMap<String, ObjectShape>();
        kinds.put("shell", target("shell").optional("directory", LINE));
        kinds.put(
                "ssh",
                target("ssh")
                        .required("hosts", ListShape.of(LINE).atLeast(1))
                        .required("user", LINE)
                        .optional("privateKey", new SecretShape())
                        .optional("hostKeys", TEXT));
        kinds.put(
                "http", at("http", "https?://[^\\s]+", "http://127.0.0.1:8101").optional("headers", HEADERS));
        kinds.put(
                "jdbc",
                at("jdbc", "jdbc:[^\\s]+", "jdbc:postgresql://127.0.0.1:5432/shop")
                        .optional("user", LINE)
                        .optional("password", new SecretShape()));
        kinds.put("redis", at("redis", "rediss?://[^\\s]+", "redis://127.0.0.1:6379/0"));
        kinds.put(
                "prometheus",
                at("prometheus", "https?://[^\\s]+", "http://127.0.0.1:9090").optional("headers", HEADERS));
        kinds.put(
                "kubernetes",
                at("kubernetes", "https?://[^\\s]+", "https://127.0.0.1:6443")
                        .optional("token", new SecretShape())
                        .optional("namespace", LINE));
        return kinds;
    }

    private static ObjectShape target(String kind) {
        return ObjectShape.named("target-" + kind).required("kind", ChoiceShape.of(kind));
    }

    private static ObjectShape at(String kind, String url, String example) {
        Shape address = TextShape.matching(
                        "a URL such as " + example + ", or \"secret:NAME\"",
                        Limits.ADDRESS,
                        url + "|" + PlainSecrets.REFERENCE)
                .asConfidential();
        return target(kind).required("url", address).rule(PlainSecrets::checkUrl);
    }

    private static Shape metric() {
        Shape repeat = NumberShape.whole(1, 10_000);
        Shape http = ObjectShape.named("httpMetric")
                .required("target", KEY)
                .required("request", REQUEST)
                .optional("inputs", ListShape.of(PARAMETERS).atLeast(1))
                .optional("rate", NumberShape.between("0.5", "100"))
                .optional("blocks", NumberShape.whole(1, 60))
                .optional("perBlock", NumberShape.whole(1, 500))
                .optional("pause", DURATION)
                .optional("warmUp", DURATION)
                .optional("timeout", POSITIVE_DURATION)
                .optional("cacheHeader", HEADER_NAME)
                .optional("cacheHit", LINE)
                .optional("dbCallsHeader", HEADER_NAME)
                .optional("headers", HEADERS)
                .optional("json", ANY)
                .optional("expectStatus", STATUS)
                .optional("expectJson", EXPECTED_JSON)
                .optional("follow", FLAG)
                .optional("mayWrite", FLAG)
                .rule(ActionShapes::checkStatuses);
        Shape shell = ObjectShape.named("shellMetric")
                .required("target", KEY)
                .optional("command", TEXT)
                .optional("script", TEXT)
                .optional("environment", VARIABLES)
                .optional("strict", FLAG)
                .optional("repeat", repeat)
                .exactlyOne("command", "command", "script");
        Shape coldBy = ObjectShape.named("coldBy")
                .optional(ActionShapes.of(ACTING_KINDS))
                .exactlyOne("action", ACTING_KINDS.toArray(String[]::new));
        return ObjectShape.named("metric")
                .required("name", KEY)
                .optional("http", http)
                .optional(
                        "prometheus",
                        ObjectShape.named("prometheusMetric")
                                .required("target", KEY)
                                .required("query", TEXT)
                                .optional("for", POSITIVE_DURATION)
                                .optional("every", POSITIVE_DURATION))
                .optional(
                        "sql",
                        ObjectShape.named("sqlMetric")
                                .required("target", KEY)
                                .required("query", TEXT)
                                .optional("parameters", PARAMETERS)
                                .optional("repeat", repeat))
                .optional("shell", shell)
                .optional(
                        "statements",
                        ObjectShape.named("statementsMetric")
                                .required("target", KEY)
                                .required("during", KEY))
                .optional("class", ChoiceShape.of("warm", "cold", "any"))
                .optional("coldBy", coldBy)
                .optional("better", ChoiceShape.of("lower", "higher"))
                .optional("judge", ObjectShape.named("judge").optional(each(ENDPOINTS, INTENT)))
                .optional("threshold", ObjectShape.named("threshold").optional(each(ENDPOINTS, PER_CENT)))
                .exactlyOne("source", "http", "prometheus", "sql", "shell", "statements");
    }

    private static Shape step() {
        return ObjectShape.named("step")
                .required("id", KEY)
                .required("title", LINE)
                .required("phase", new ChoiceShape(PHASES))
                .optional("irreversible", TEXT)
                .optional("idempotent", FLAG)
                .optional("retries", NumberShape.whole(0, Limits.RETRIES))
                .optional("retryDelay", DURATION)
                .optional("timeout", POSITIVE_DURATION)
                .optional("grace", DURATION)
                .optional(ActionShapes.of(STEP_KINDS))
                .optional("expectChanges", ListShape.of(LINE))
                .optional("appliedWhen", CONDITION)
                .optional("rollback", rollback())
                .optional("noRollback", TEXT)
                .exactlyOne("action", STEP_KINDS.toArray(String[]::new))
                .rule(CrossRules::onlyIdempotentStepsAreRetried);
    }

    private static Shape rollback() {
        return ObjectShape.named("rollback")
                .optional("idempotent", FLAG)
                .optional("retries", NumberShape.whole(0, Limits.RETRIES))
                .optional("retryDelay", DURATION)
                .optional("timeout", POSITIVE_DURATION)
                .optional("grace", DURATION)
                .optional(ActionShapes.of(STEP_KINDS))
                .optional("appliedWhen", CONDITION)
                .optional("needs", ListShape.of(CONDITION))
                .exactlyOne("action", STEP_KINDS.toArray(String[]::new))
                .rule(CrossRules::onlyIdempotentStepsAreRetried);
    }
}
