package dev.switchback.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.switchback.Http;
import dev.switchback.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** People, teams and what they were granted, for programs. */
@QuarkusTest
class PeopleApiTest {

    private static final String PASSWORD = TestDatabase.PASSWORD;
    private static final String VIEWER = "{\"role\": \"viewer\"}";
    private static final String ADMIN = "{\"role\": \"admin\"}";

    @Inject
    DataSource database;

    private static RequestSpecification as(String name) {
        return Http.nobody().auth().preemptive().basic(name, PASSWORD).contentType(ContentType.JSON);
    }

    private static RequestSpecification admin() {
        return Http.admin().contentType(ContentType.JSON);
    }

    private static ValidatableResponse make(String name, String... grants) {
        return admin().body("{\"name\": \"%s\", \"displayName\": \"The %s\", \"password\": \"%s\", \"grants\": [%s]}"
                        .formatted(name, name, PASSWORD, String.join(", ", grants)))
                .post("/api/v1/people")
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse team(String name, String members, String... grants) {
        return admin().body("{\"name\": \"%s\", \"displayName\": \"Team %s\", \"members\": [%s], \"grants\": [%s]}"
                        .formatted(name, name, members, String.join(", ", grants)))
                .post("/api/v1/teams")
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse put(RequestSpecification who, String path, String body) {
        String etag = Http.admin().get("/api/v1" + path).header("ETag");
        return who.header("If-Match", etag).body(body).put("/api/v1" + path).then();
    }

    @Test
    void a_new_colleague_can_sign_in_and_do_what_she_was_granted() {
        make("grace", VIEWER, "{\"role\": \"operator\", \"environment\": \"staging\"}")
                .header("Location", "/api/v1/people/grace")
                .header("ETag", notNullValue())
                .body("displayName", equalTo("The grace"))
                .body("active", equalTo(true))
                .body("grants.role", hasItems("viewer", "operator"))
                .body("grants.find { it.role == 'operator' }.environment", equalTo("staging"))
                .body("password", nullValue())
                .body("passwordHash", nullValue());
        as("grace").get("/api/v1/people").then().statusCode(200);
        as("grace").get("/api/v1/people/grace").then().statusCode(200).body("grants.size()", equalTo(2));
    }

    @Test
    void only_an_admin_in_person_changes_people_and_roles() {
        make("carl", VIEWER);
        String body = "{\"name\": \"carls-friend\"}";
        as("carl")
                .body(body)
                .post("/api/v1/people")
                .then()
                .statusCode(403)
                .body("detail", containsString("The carl may not look after people and roles"));
        put(as("carl"), "/people/carl", "{\"grants\": [" + ADMIN + "]}").statusCode(403);
        String token = admin().body("{\"name\": \"no people\"}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        Http.token(token)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/people")
                .then()
                .statusCode(403)
                .body("detail", containsString("A token may not"));
        Http.admin().get("/api/v1/people/carls-friend").then().statusCode(404);
    }

    @Test
    void an_admin_of_one_environment_looks_after_no_people() {
        make("edgar", "{\"role\": \"admin\", \"environment\": \"staging\"}");
        as("edgar")
                .body("{\"name\": \"edgars-friend\"}")
                .post("/api/v1/people")
                .then()
                .statusCode(403);
    }

    @Test
    void whoever_is_no_admin_of_everything_changes_no_person_and_no_team() {
        make("hanna", VIEWER);
        team("guard", "\"hanna\"", VIEWER);
        make("odo", VIEWER, "{\"role\": \"author\"}", "{\"role\": \"operator\"}", "{\"role\": \"approver\"}");
        make(
                "eda",
                "{\"role\": \"admin\", \"environment\": \"staging\"}",
                "{\"role\": \"admin\", \"service\": \"shop\"}");
        make("ida");
        String before = state();
        String token = admin().body("{\"name\": \"tries\", \"scopes\": [\"read\", \"author\", \"operate\"]}")
                .post("/api/v1/tokens")
                .path("token");
        Map<String, String> tries = Map.of(
                "/people/hanna",
                "{\"displayName\": \"H\", \"password\": \"quite-another-1\", \"active\": false, \"localAdmin\": true,"
                        + " \"grants\": [" + ADMIN + "]}",
                "/teams/guard",
                "{\"displayName\": \"G\", \"active\": false, \"members\": [], \"grants\": [" + ADMIN + "]}");
        tries.forEach((path, body) -> {
            for (String name : List.of("hanna", "odo", "eda", "ida")) {
                put(as(name), path, body).statusCode(403);
            }
            put(Http.token(token).contentType(ContentType.JSON), path, body).statusCode(403);
        });
        as("ida").get("/api/v1/teams/guard").then().statusCode(403);
        assertThat(state()).isEqualTo(before);
        as("hanna").get("/api/v1/me").then().statusCode(200);
    }

    private static String state() {
        return Http.admin().get("/api/v1/people/hanna").asString()
                + Http.admin().get("/api/v1/teams/guard").asString();
    }

    @Test
    void an_admin_makes_a_colleague_a_local_admin_and_takes_it_back() throws SQLException {
        make("loki", VIEWER).body("localAdmin", equalTo(false));
        put(admin(), "/people/loki", "{\"localAdmin\": true}").statusCode(200).body("localAdmin", equalTo(true));
        as("loki").get("/api/v1/people/loki").then().body("localAdmin", equalTo(true));
        put(admin(), "/people/loki", "{\"localAdmin\": true}").statusCode(200);
        put(admin(), "/people/loki", "{\"localAdmin\": false}").statusCode(200).body("localAdmin", equalTo(false));
        put(admin(), "/people/loki", "{\"localAdmin\": \"yes\"}").statusCode(422);
        assertThat(trail("loki"))
                .containsExactly(
                        "admin person.create",
                        "admin grant.give",
                        "admin person.local-admin",
                        "admin person.local-admin");
    }

    @Test
    void nobody_makes_themself_a_local_admin_while_there_is_another_admin() {
        make("asta", ADMIN);
        put(as("asta"), "/people/asta", "{\"localAdmin\": true}")
                .statusCode(403)
                .body("expected", equalTo("another admin does it"));
        put(admin(), "/people/asta", "{\"grants\": []}").statusCode(200).body("localAdmin", equalTo(false));
    }

    @Test
    void whoever_reads_knows_names_but_not_the_roles_of_others() {
        make("rosa", VIEWER);
        make("rolf", VIEWER);
        as("rosa")
                .get("/api/v1/people/rolf")
                .then()
                .statusCode(200)
                .body("displayName", equalTo("The rolf"))
                .body("active", equalTo(true))
                .body("grants", nullValue())
                .body("teams", nullValue());
        as("rosa").get("/api/v1/people").then().body("items.grants.findAll { it != null }.size()", equalTo(0));
        team("readers", "\"rolf\"", VIEWER);
        as("rosa")
                .get("/api/v1/teams/readers")
                .then()
                .statusCode(200)
                .body("displayName", equalTo("Team readers"))
                .body("members", nullValue())
                .body("grants", nullValue());
    }

    @Test
    void who_was_granted_nothing_reads_not_even_names() {
        make("nils");
        as("nils").get("/api/v1/people").then().statusCode(403);
    }

    @Test
    void a_name_is_given_once_to_a_person_or_a_team_and_never_again() {
        make("only-one");
        admin().body("{\"name\": \"only-one\"}")
                .post("/api/v1/people")
                .then()
                .statusCode(409)
                .body("detail", containsString("There is a person “only-one” already"));
        admin().body("{\"name\": \"only-one\"}").post("/api/v1/teams").then().statusCode(409);
        put(admin(), "/people/only-one", "{\"active\": false}").statusCode(200);
        admin().body("{\"name\": \"only-one\"}").post("/api/v1/teams").then().statusCode(409);
        admin().body("{\"name\": \"switchback\"}")
                .post("/api/v1/people")
                .then()
                .statusCode(409)
                .body("detail", containsString("keeps for itself"));
    }

    @Test
    void everything_wrong_is_said_at_once_by_field() {
        admin().body("{\"name\": \"Ada L\", \"displayname\": \"Ada\", \"active\": \"yes\", \"grants\":"
                        + " [{\"role\": \"owner\"}, {\"role\": \"viewer\", \"service\": \"a\\tb\"}]}")
                .post("/api/v1/people")
                .then()
                .statusCode(422)
                .body(
                        "violations.field",
                        hasItems("name", "displayname", "active", "grants[0].role", "grants[1].service"));
        admin().body("{\"name\": \"weak\", \"password\": \"short\"}")
                .post("/api/v1/people")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("password"))
                .body("violations[0].expected", containsString("12 characters"));
        admin().body("[]").post("/api/v1/people").then().statusCode(400);
        Http.admin().get("/api/v1/people/weak").then().statusCode(404);
    }

    @Test
    void a_change_says_which_state_it_was_made_from() {
        String old = make("vera", VIEWER).extract().header("ETag");
        admin().body("{}").put("/api/v1/people/vera").then().statusCode(428);
        put(admin(), "/people/vera", "{\"displayName\": \"Vera Rubin\"}")
                .statusCode(200)
                .body("displayName", equalTo("Vera Rubin"))
                .body("grants.role", equalTo(List.of("viewer")));
        admin().header("If-Match", old)
                .body("{\"displayName\": \"Vera Cooper\"}")
                .put("/api/v1/people/vera")
                .then()
                .statusCode(412)
                .body("detail", containsString("saved by admin"));
        put(admin(), "/people/vera", "{\"name\": \"vera-r\"}").statusCode(422);
    }

    @Test
    void what_was_read_can_be_sent_back_and_changes_nothing() {
        make("same", VIEWER);
        team("same-team", "\"same\"", "{\"role\": \"author\", \"service\": \"shop\"}");
        for (String path : List.of("/people/same", "/teams/same-team")) {
            var read = Http.admin().get("/api/v1" + path).then().statusCode(200);
            put(admin(), path, read.extract().asString())
                    .statusCode(200)
                    .header("ETag", equalTo(read.extract().header("ETag")));
        }
    }

    @Test
    void whoever_leaves_is_out_at_once_and_stays_in_the_list() {
        make("lena", VIEWER);
        String token = as("lena")
                .body("{\"name\": \"mine\"}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        Http.token(token).get("/api/v1/me").then().statusCode(200);
        put(admin(), "/people/lena", "{\"active\": false}").statusCode(200).body("active", equalTo(false));
        Http.token(token).get("/api/v1/me").then().statusCode(401);
        as("lena").get("/api/v1/me").then().statusCode(401);
        Http.admin().get("/api/v1/people/lena").then().statusCode(200).body("displayName", equalTo("The lena"));
        put(admin(), "/people/lena", "{\"active\": true}").statusCode(200);
        Http.token(token).get("/api/v1/me").then().statusCode(401);
    }

    @Test
    void a_team_passes_on_what_it_was_granted_until_it_is_no_more() {
        make("tom");
        team("crew", "\"tom\"", VIEWER).body("members", equalTo(List.of("tom")));
        as("tom").get("/api/v1/people").then().statusCode(200);
        as("tom")
                .get("/api/v1/people/tom")
                .then()
                .body("through[0].role", equalTo("viewer"))
                .body("through[0].team", equalTo("crew"))
                .body("grants.size()", equalTo(0))
                .body("teams", equalTo(List.of("crew")));
        put(admin(), "/teams/crew", "{\"active\": false}").statusCode(200);
        as("tom").get("/api/v1/people").then().statusCode(403);
        put(admin(), "/teams/crew", "{\"active\": true, \"members\": []}").statusCode(200);
        as("tom").get("/api/v1/people").then().statusCode(403);
        put(admin(), "/teams/crew", "{\"members\": [\"tom\", \"nobody-here\"]}")
                .statusCode(422)
                .body("violations[0].field", equalTo("members[1]"));
    }

    @Test
    void nobody_gives_themself_a_role_while_there_is_another_admin() {
        make("anna", ADMIN);
        put(as("anna"), "/people/anna", "{\"grants\": [" + ADMIN + ", {\"role\": \"operator\"}]}")
                .statusCode(403)
                .body("expected", equalTo("another admin does it"));
        team("annas", "", "{\"role\": \"operator\"}");
        put(as("anna"), "/teams/annas", "{\"members\": [\"anna\"]}").statusCode(403);
        put(as("anna"), "/people/anna", "{\"active\": false}").statusCode(403);
        put(as("anna"), "/people/anna", "{\"displayName\": \"Anna A.\"}").statusCode(200);
        put(admin(), "/people/anna", "{\"grants\": []}").statusCode(200);
    }

    @Test
    void the_only_admin_may_change_their_own_roles_but_stays_admin() {
        OnlyAdmin.remains();
        String all = Http.admin().get("/api/v1/people/admin").asString();
        put(admin(), "/people/admin", "{\"grants\": [" + ADMIN + ", " + VIEWER + "]}")
                .statusCode(200)
                .body("grants.size()", equalTo(2));
        put(admin(), "/people/admin", "{\"grants\": [" + VIEWER + "]}")
                .statusCode(409)
                .body("detail", containsString("Nobody would be left"));
        put(admin(), "/people/admin", "{\"active\": false}").statusCode(409);
        put(admin(), "/people/admin", all).statusCode(200).body("grants.size()", equalTo(5));
    }

    @Test
    void two_admins_who_take_it_from_each_other_at_once_leave_one() throws Exception {
        make("left", ADMIN);
        make("right", ADMIN);
        var both = Executors.newFixedThreadPool(2);
        try {
            Callable<Integer> one = () -> put(as("left"), "/people/right", "{\"grants\": []}")
                    .extract()
                    .statusCode();
            Callable<Integer> other = () -> put(as("right"), "/people/left", "{\"grants\": []}")
                    .extract()
                    .statusCode();
            List<Integer> answers = both.invokeAll(List.of(one, other)).stream()
                    .map(answer -> {
                        try {
                            return answer.get();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .sorted()
                    .toList();
            assertThat(answers).containsExactly(200, 403);
        } finally {
            both.shutdownNow();
            put(admin(), "/people/left", "{\"grants\": []}");
            put(admin(), "/people/right", "{\"grants\": []}");
        }
    }

    @Test
    void lists_go_on_where_they_ended() {
        make("page-a");
        make("page-b");
        String next = Http.admin()
                .get("/api/v1/people?limit=1")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .extract()
                .path("next");
        String first = Http.admin().get("/api/v1/people?limit=1").path("items[0].name");
        Http.admin().get(next).then().statusCode(200).body("items.name", not(hasItem(first)));
    }

    @Test
    void the_same_request_sent_twice_makes_one_person() {
        for (int i = 0; i < 2; i++) {
            admin().header("Idempotency-Key", "make-otto")
                    .body("{\"name\": \"otto\"}")
                    .post("/api/v1/people")
                    .then()
                    .statusCode(201)
                    .body("name", equalTo("otto"));
        }
    }

    @Test
    void who_gave_and_took_a_role_stands_in_the_trail() throws SQLException {
        make("trudy", VIEWER);
        put(admin(), "/people/trudy", "{\"grants\": []}").statusCode(200);
        assertThat(trail("trudy")).containsExactly("admin person.create", "admin grant.give", "admin grant.take");
    }

    private List<String> trail(String object) throws SQLException {
        var lines = new ArrayList<String>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "SELECT actor || ' ' || action FROM audit_entry WHERE object = ? ORDER BY id")) {
            select.setString(1, object);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
        }
        return lines;
    }
}
