package dev.switchback.schedule;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.as;
import static dev.switchback.Http.colleague;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that somebody outside announces, as a CI does. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class DeployApiTest {

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String service = "shop-" + unique;
    private final String staging = "st-" + unique;
    private final String production = "pr-" + unique;

    @BeforeEach
    void places() {
        importFile(place(staging, "staging"));
        importFile(place(production, "production"));
    }

    private static String place(String key, String tier) {
        return "apiVersion: switchback/v1\nkind: Environment\nkey: %s\nname: %s\ntier: %s\n".formatted(key, key, tier);
    }

    private ValidatableResponse announced(RequestSpecification who, String body) {
        return who.contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/services/" + service + "/deploys")
                .then();
    }

    private static String body(String environment, String version, Instant at) {
        return "{\"environment\": \"%s\", \"version\": \"%s\", \"at\": \"%s\"}".formatted(environment, version, at);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    void a_deploy_is_written_down_and_found_again() {
        Instant at = now().minusSeconds(60);
        String location = announced(admin(), body(staging, "1.4.2", at))
                .statusCode(201)
                .body("service", is(service))
                .body("environment", is(staging))
                .body("version", is("1.4.2"))
                .body("at", is(at.toString()))
                .body("announcedBy", is("admin"))
                .extract()
                .header("Location");

        assertThat(location).startsWith("/api/v1/deploys/");
        admin().get(location).then().statusCode(200).body("version", is("1.4.2"));
        admin().get("/api/v1/audit?action=service.deploy&object=" + service)
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
    }

    @Test
    void without_a_time_it_is_now() {
        String at = announced(admin(), "{\"environment\": \"" + staging + "\", \"version\": \"1.4.2\"}")
                .statusCode(201)
                .extract()
                .path("at");
        assertThat(Instant.parse(at)).isBetween(now().minusSeconds(60), now().plusSeconds(1));
    }

    @Test
    void the_same_said_twice_is_one() {
        Instant at = now();
        String first = announced(admin(), body(staging, "1.4.2", at)).extract().header("Location");
        String second = announced(admin(), body(staging, "1.4.2", at))
                .statusCode(201)
                .extract()
                .header("Location");
        assertThat(second).isEqualTo(first);

        RequestSpecification once = admin().header("Idempotency-Key", "deploy-" + unique);
        String body = "{\"environment\": \"" + staging + "\", \"version\": \"1.5\"}";
        String one = announced(once, body).statusCode(201).extract().header("Location");
        RequestSpecification again = admin().header("Idempotency-Key", "deploy-" + unique);
        announced(again, body).statusCode(201).header("Location", is(one));
        admin().get("/api/v1/services/" + service + "/deploys").then().body("items", hasSize(2));
    }

    @Test
    void the_list_has_the_latest_first_and_goes_on_where_it_ended() {
        for (int i = 1; i <= 3; i++) {
            announced(admin(), body(i == 2 ? production : staging, "1." + i, now().minusSeconds(600 - i)));
        }
        String next = admin().get("/api/v1/services/" + service + "/deploys?limit=2")
                .then()
                .statusCode(200)
                .body("items.version", contains("1.3", "1.2"))
                .extract()
                .path("next");
        admin().get(next).then().statusCode(200).body("items.version", contains("1.1"));
        admin().get("/api/v1/services/" + service + "/deploys?environment=" + production)
                .then()
                .body("items.version", contains("1.2"));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        announced(admin(), "{\"environment\": \"no-such\", \"version\": \" \", \"at\": \"2001-01-01T00:00:00Z\"}")
                .statusCode(422)
                .body("violations.field", containsInAnyOrder("version", "environment", "at"));
        announced(admin(), "{}").statusCode(422).body("violations.field", containsInAnyOrder("version", "environment"));
        announced(admin(), body(staging, "1", now().plus(400, ChronoUnit.DAYS)))
                .statusCode(422)
                .body("violations[0].expected", containsString("365 days ahead"));
        announced(admin(), "{\"environment\": \"" + staging + "\", \"version\": \"1\\n2\"}")
                .statusCode(422);
        announced(admin(), "{\"environment\": \"" + staging + "\", \"version\": \"1\", \"when\": 1}")
                .statusCode(422);
    }

    @Test
    void who_may_not_change_the_service_there_does_not_announce() {
        String reader = colleague("reader-" + unique, "{\"role\": \"viewer\"}");
        String author = colleague("author-" + unique, "{\"role\": \"author\"}");
        String other = colleague("other-" + unique, "{\"role\": \"operator\", \"service\": \"other\"}");
        String here = colleague(
                "here-" + unique,
                "{\"role\": \"operator\", \"service\": \"" + service + "\", \"environment\": \"" + staging + "\"}");

        announced(as(reader), body(staging, "1", now())).statusCode(403);
        announced(as(author), body(production, "1", now())).statusCode(403);
        announced(as(author), body(staging, "1", now())).statusCode(201);
        announced(as(other), body(staging, "1", now())).statusCode(404);
        announced(as(here), body(production, "1", now())).statusCode(422);
        announced(as(here), body(staging, "2", now())).statusCode(201);
    }

    @Test
    void who_must_not_see_it_does_not() {
        int hidden =
                announced(admin(), body(production, "secret", now())).extract().path("id");
        announced(admin(), body(staging, "open", now()));
        String here = colleague(
                "seer-" + unique,
                "{\"role\": \"viewer\", \"service\": \"" + service + "\", \"environment\": \"" + staging + "\"}");
        String other = colleague("elsewhere-" + unique, "{\"role\": \"viewer\", \"service\": \"other\"}");

        as(here).get("/api/v1/deploys/" + hidden).then().statusCode(404);
        as(here).get("/api/v1/services/" + service + "/deploys").then().body("items.version", contains("open"));
        as(other).get("/api/v1/services/" + service + "/deploys").then().statusCode(404);
    }

    @Test
    void a_ci_announces_with_a_token_that_may_operate_and_with_no_other() {
        announced(token(tokenWith("operate")), body(staging, "1", now())).statusCode(201);
        announced(token(tokenWith("read")), body(staging, "2", now())).statusCode(403);
    }

    private String tokenWith(String scope) {
        return admin().contentType(ContentType.JSON)
                .body("{\"name\": \"ci-%s-%s\", \"scopes\": [\"%s\"]}".formatted(scope, unique, scope))
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    @Test
    void names_that_mean_harm_are_only_names() {
        String version = "<script>alert(1)</script> %s {boom}";
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + staging + "\", \"version\": \"" + version + "\"}")
                .post("/api/v1/services/{service}/deploys", "a b/../c'--" + unique)
                .then()
                .statusCode(201)
                .body("version", is(version));
    }
}
