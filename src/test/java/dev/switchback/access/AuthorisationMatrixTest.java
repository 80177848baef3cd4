package dev.switchback.access;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint, asked by everybody: each role everywhere, for this service only, for another one, in staging only, in
 * production only. {@code access/endpoints.txt} says who may; whoever may not is told so in the same way everywhere, and
 * nothing changes.
 */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class AuthorisationMatrixTest {

    private static final String UNIQUE = UUID.randomUUID().toString().substring(0, 8);
    private static final String FILE = """
        apiVersion: switchback/v1
        kind: Migration
        key: $migration
        title: Change something
        service: $service
        owner: team-test
        expected: it is better
        rollbackNote: change it back
        metrics:
          - name: list
            http: {target: web, request: "GET /"}
            class: warm
            judge: {p50: keep}
        checklist:
          - {id: asked, title: Somebody was asked}
        steps:
          - id: look
            title: Look at it
            phase: change
            manual: {instructions: Look}
            rollback: {manual: {instructions: Look away}}
        """;

    @Inject
    DataSource database;

    private final Map<String, String> names = new TreeMap<>(Map.of(
            "migration", "matrix-" + UNIQUE,
            "service", "shop-" + UNIQUE,
            "staging", "st-" + UNIQUE,
            "production", "pr-" + UNIQUE));

    /** A line of the table. */
    private record Endpoint(String declared, String address, Set<String> roles, String place, String body) {

        static Endpoint of(String line) {
            List<String> cells =
                    Arrays.stream(line.split("\\|", 5)).map(String::strip).toList();
            return new Endpoint(
                    cells.get(0).replaceAll(" +", " "),
                    cells.get(1),
                    Set.of(cells.get(2).split(",")),
                    cells.get(3),
                    cells.size() > 4 ? cells.get(4) : "");
        }

        String method() {
            return declared.substring(0, declared.indexOf(' '));
        }

        boolean isWriting() {
            return !method().equals("GET");
        }
    }

    /** Somebody with one grant, or with none. */
    private record Somebody(String name, Grant grant) {}

    private static List<Endpoint> table() {
        try (var in = AuthorisationMatrixTest.class.getResourceAsStream("/access/endpoints.txt")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Endpoint::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void knows_every_endpoint_and_none_that_is_gone() throws Exception {
        Set<String> known =
                new TreeSet<>(table().stream().map(Endpoint::declared).toList());
        assertThat(known)
                .as("access/endpoints.txt says of every endpoint who may use it")
                .containsExactlyElementsOf(declared());
    }

    /** What the classes declare: method and path, without the patterns of its parameters. */
    private static Set<String> declared() throws IOException, URISyntaxException {
        var all = new TreeSet<String>();
        var root = java.nio.file.Path.of(
                Role.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<java.nio.file.Path> files = Files.walk(root.resolve("dev/switchback"))) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .map(file ->
                            root.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", ""))
                    .forEach(name -> all.addAll(declared(name)));
        }
        return all;
    }

    private static List<String> declared(String name) {
        Class<?> type;
        try {
            type = Class.forName(name, false, AuthorisationMatrixTest.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return List.of();
        }
        Path base = type.getAnnotation(Path.class);
        if (base == null) {
            return List.of();
        }
        return Arrays.stream(type.getDeclaredMethods())
                .flatMap(method ->
                        methods(method).map(verb -> verb + " " + path(base.value(), method.getAnnotation(Path.class))))
                .toList();
    }

    private static Stream<String> methods(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(java.util.Objects::nonNull)
                .map(HttpMethod::value);
    }

    private static String path(String base, Path more) {
        String joined = base + "/" + (more == null ? "" : more.value());
        String plain = joined.replaceAll("\\{ *([A-Za-z]+)[^{}]*(\\{[^{}]*}[^{}]*)*}", "{$1}")
                .replaceAll("/+", "/");
        return plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    @Test
    void who_may_not_is_refused_everywhere_in_the_same_way_and_changes_nothing() throws Exception {
        prepare();
        List<Somebody> people = people();
        var wrong = new ArrayList<String>();
        for (Endpoint endpoint : table()) {
            if (endpoint.address().equals("-")) {
                continue;
            }
            wrong.addAll(refused(endpoint, people));
            wrong.addAll(allowed(endpoint, people));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void nobody_gets_in_anywhere_but_where_one_signs_in() throws Exception {
        prepare();
        var wrong = new ArrayList<String>();
        for (Endpoint endpoint : table()) {
            if (endpoint.address().equals("-") || endpoint.place().equals("open")) {
                continue;
            }
            int status = ask(endpoint, nobody()).statusCode();
            if (status != 401) {
                wrong.add("nobody " + endpoint.declared() + " -> " + status);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private List<String> refused(Endpoint endpoint, List<Somebody> people) throws SQLException {
        if (endpoint.isWriting()) {
            await().until(() -> moving() == 0);
        }
        Map<String, Long> before = endpoint.isWriting() ? rows() : Map.of();
        // Nobody changes anything, so they may all ask at once.
        var wrong = new ArrayList<>(people.parallelStream()
                .filter(who -> !may(endpoint, who.grant()))
                .flatMap(who -> {
                    int expected = expected(endpoint, who.grant());
                    int status = ask(endpoint, as(who)).statusCode();
                    return status == expected
                            ? Stream.empty()
                            : Stream.of(who.name() + " " + endpoint.method() + " " + endpoint.address() + " -> "
                                    + status + ", expected " + expected);
                })
                .toList());
        if (endpoint.isWriting() && !rows().equals(before)) {
            wrong.add(endpoint.declared() + " changed something though it was refused: " + before + " -> " + rows());
        }
        return wrong;
    }

    /** What is hidden is not there: in an address that is 404, an environment in a body is an unknown one. */
    private int expected(Endpoint endpoint, Grant grant) {
        if (sees(endpoint.place(), grant)) {
            return 403;
        }
        return endpoint.place().endsWith("!") && sees("service", grant) ? 422 : 404;
    }

    private List<String> allowed(Endpoint endpoint, List<Somebody> people) {
        // A stream that is allowed does not end.
        if (endpoint.body().equals("stream")) {
            return List.of();
        }
        Stream<Somebody> asking = endpoint.isWriting() ? people.stream() : people.parallelStream();
        return asking.filter(who -> may(endpoint, who.grant()))
                .flatMap(who -> {
                    int status = ask(endpoint, as(who)).statusCode();
                    return Set.of(401, 403, 404).contains(status) || status >= 500
                            ? Stream.of(who.name() + " " + endpoint.method() + " " + endpoint.address() + " -> "
                                    + status + ", though they may")
                            : Stream.empty();
                })
                .toList();
    }

    /** Written a second time on purpose, from the words of the issue: this must not be what the server asks. */
    private boolean may(Endpoint endpoint, Grant grant) {
        String place = endpoint.place().replaceAll("[?!]", "");
        if (place.equals("all") || place.equals("open")) {
            return true;
        }
        if (grant == null
                || !endpoint.roles().contains("*")
                        && !endpoint.roles().contains(grant.role().word())) {
            return false;
        }
        String service = grant.service();
        String environment = grant.environment();
        boolean ours = service == null || service.equals(names.get("service"));
        return switch (place) {
            case "everywhere" -> service == null && environment == null;
            case "somewhere" -> true;
            case "service" -> ours && environment == null;
            case "service~" -> ours;
            case "staging", "production" -> ours && (environment == null || environment.equals(names.get(place)));
            case "at-staging", "at-production" ->
                service == null && (environment == null || environment.equals(names.get(place.substring(3))));
            case "staging~", "production~" -> sees(place, grant);
            case "at-staging~", "at-production~" -> sees(place, grant);
            default -> throw new IllegalArgumentException("no place " + place);
        };
    }

    /** Whether they may know that it is there. */
    private boolean sees(String place, Grant grant) {
        if (place.endsWith("?") || place.equals("somewhere") || place.equals("everywhere")) {
            return true;
        }
        if (grant == null) {
            return false;
        }
        boolean ours = grant.service() == null || grant.service().equals(names.get("service"));
        String plain = place.replaceAll("[~!]", "").replace("at-", "");
        boolean here = plain.equals("service")
                || grant.environment() == null
                || grant.environment().equals(names.get(plain));
        return here && (place.startsWith("at-") || ours);
    }

    private io.restassured.response.Response ask(Endpoint endpoint, RequestSpecification as) {
        String address = filled(endpoint.address());
        RequestSpecification request = body(as.redirects().follow(false), filled(endpoint.body()));
        return request.request(endpoint.method(), address);
    }

    private static RequestSpecification body(RequestSpecification request, String body) {
        int space = body.indexOf(' ');
        String kind = space < 0 ? body : body.substring(0, space);
        String text = body.substring(space + 1);
        return switch (kind) {
            case "", "stream" -> request;
            case "json" -> request.contentType(ContentType.JSON).body(text);
            case "yaml" -> request.contentType("application/yaml").body(text);
            case "csv" -> request.contentType("text/csv").body(text + "\n");
            case "form" -> {
                pairs(text).forEach((name, value) -> request.formParam(name, value));
                yield request.contentType(ContentType.URLENC);
            }
            case "multi" -> {
                pairs(text).forEach((name, value) -> request.multiPart(name, value));
                yield request;
            }
            default -> throw new IllegalArgumentException("no body " + kind);
        };
    }

    private static Map<String, String> pairs(String text) {
        var pairs = new LinkedHashMap<String, String>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }

    private String filled(String text) {
        String filled = text.replace("$token", UUID.randomUUID().toString()).replace("$file", FILE);
        for (var name : names.entrySet().stream()
                .sorted((a, b) -> b.getKey().length() - a.getKey().length())
                .toList()) {
            filled = filled.replace("$" + name.getKey(), name.getValue());
        }
        return filled;
    }

    private static RequestSpecification as(Somebody who) {
        return nobody().auth().preemptive().basic(who.name(), TestDatabase.PASSWORD);
    }

    /** How many rows there are of what people make, and in which state runs are. */
    private Map<String, Long> rows() throws SQLException {
        var rows = new TreeMap<String, Long>();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            for (String table : List.of(
                    "migration_revision",
                    "revision_text",
                    "environment_revision",
                    "run",
                    "measurement",
                    "comparison",
                    "migration_decision",
                    "checklist_tick",
                    "role_grant",
                    "person",
                    "team",
                    "api_token")) {
                try (var found = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    found.next();
                    rows.put(table, found.getLong(1));
                }
            }
            try (var found =
                    statement.executeQuery("SELECT count(*) FROM run WHERE state = 'waiting' AND wanted IS NULL"
                            + " AND service = '" + names.get("service") + "'")) {
                found.next();
                rows.put("run, waiting", found.getLong(1));
            }
        }
        return rows;
    }

    private long moving() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT count(*) FROM run WHERE state IN ('queued', 'running',"
                        + " 'rolling-back') AND service = '" + names.get("service") + "'")) {
            found.next();
            return found.getLong(1);
        }
    }

    private List<Somebody> people() throws SQLException {
        String service = names.get("service");
        var people = new ArrayList<Somebody>();
        people.add(person("none", null));
        for (Role role : Role.values()) {
            people.add(person(role.word(), Grant.everywhere(role)));
            people.add(person(role.word() + "-ours", new Grant(role, service, null)));
            people.add(person(role.word() + "-staging", new Grant(role, null, names.get("staging"))));
            people.add(person(role.word() + "-production", new Grant(role, null, names.get("production"))));
        }
        people.add(person("viewer-theirs", new Grant(Role.VIEWER, "other-" + UNIQUE, null)));
        people.add(person("operator-theirs", new Grant(Role.OPERATOR, "other-" + UNIQUE, null)));
        people.add(person("operator-ours-staging", new Grant(Role.OPERATOR, service, names.get("staging"))));
        return people;
    }

    private Somebody person(String word, Grant grant) throws SQLException {
        String name = "mx-" + word + "-" + UNIQUE;
        try (var connection = database.getConnection()) {
            try (var insert = connection.prepareStatement(
                    "INSERT INTO person (name, display_name, password_hash, created_at) SELECT ?, ?, password_hash,"
                            + " now() FROM person WHERE name = 'admin' ON CONFLICT DO NOTHING")) {
                insert.setString(1, name);
                insert.setString(2, name);
                insert.executeUpdate();
            }
            if (grant != null) {
                try (var insert = connection.prepareStatement("INSERT INTO role_grant (person_id, role, service,"
                        + " environment, granted_at, granted_by) SELECT id, ?, ?, ?, now(), 'test' FROM person"
                        + " WHERE name = ?")) {
                    insert.setString(1, grant.role().word());
                    insert.setString(2, grant.service());
                    insert.setString(3, grant.environment());
                    insert.setString(4, name);
                    insert.executeUpdate();
                }
            }
        }
        return new Somebody(name, grant);
    }

    /** A migration with a rehearsal and a live run that wait for a person, and what was measured in production. */
    private void prepare() {
        String environment = """
            apiVersion: switchback/v1
            kind: Environment
            key: %s
            name: %s
            tier: %s
            targets:
              web: {kind: http, url: "http://127.0.0.1:9"}
            """ + Samples.OPEN;
        importFile(environment.formatted(names.get("staging"), "Staging", "staging"));
        importFile(environment.formatted(names.get("production"), "Production", "production"));
        importFile(filled(FILE));
        names.put("rehearsal", "" + waiting("staging", "rehearsal"));
        names.put("live", "" + waiting("production", "live"));
        names.put("before", "" + measured("before"));
        names.put("after", "" + measured("after"));
        int comparison = admin().get(filled("/api/v1/comparisons?before=$before&after=$after"))
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        names.put("comparison", "" + comparison);
    }

    private int waiting(String place, String purpose) {
        int run = admin().contentType(ContentType.JSON)
                .header("Idempotency-Key", place + UNIQUE)
                .body(filled(
                        "{\"environment\":\"$" + place + "\",\"purpose\":\"" + purpose + "\",\"measure\":\"none\"}"))
                .post(filled("/api/v1/migrations/$migration/runs"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        await().until(() -> !List.of("queued", "running")
                .contains(admin().get("/api/v1/runs/" + run).path("state")));
        return run;
    }

    private int measured(String moment) {
        var csv = new StringBuilder("atMs,valueMs,ok,cache\n");
        for (int i = 0; i < 300; i++) {
            csv.append(i * 100).append(',').append(10 + i % 7).append(",true,\n");
        }
        return admin().contentType("text/csv")
                .body(csv.toString())
                .post(filled("/api/v1/migrations/$migration/measurements/import?environment=$production&moment="
                        + moment + "&metric=list"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
