package dev.switchback.exchange;

import static dev.switchback.Http.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.switchback.Http;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs compare revisions and restore one, and are told what is there when they did not look. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RevisionApiTest {

    private final String key = "mig-" + UUID.randomUUID().toString().substring(0, 8);
    private final String address = "/api/v1/migrations/" + key;

    @BeforeEach
    void twoRevisions() {
        Http.importFile(file("30s"));
        Http.importFile(file("60s"));
    }

    private String file(String timeout) {
        return Samples.migration(
                key,
                "svc",
                "  - {id: one, title: One, phase: change, timeout: " + timeout
                        + ", shell: {target: host, command: \"true\"}, noRollback: x}\n");
    }

    private ValidatableResponse restore(int number, String ifMatch) {
        var request = admin().contentType(ContentType.JSON).body("{\"note\": \"too long\"}");
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return request.post(address + "/revisions/" + number + "/restore").then();
    }

    private String etag() {
        return admin().get(address).header("ETag");
    }

    @Test
    void tells_what_differs_with_a_path_and_both_values() {
        admin().get(address + "/revisions/1..2")
                .then()
                .statusCode(200)
                .body("from.number", is(1))
                .body("to.number", is(2))
                .body("same", is(false))
                .body("summary", equalTo("1 step changed"))
                .body("parts.member", contains("steps"))
                .body("parts[0].entries[0].id", equalTo("one"))
                .body("parts[0].entries[0].fields[0].path", equalTo("steps[one].timeout"))
                .body("parts[0].entries[0].fields[0].before", equalTo("30s"))
                .body("parts[0].entries[0].fields[0].after", equalTo("60s"));
        admin().get(address + "/revisions/2..2").then().body("same", is(true)).body("parts.size()", is(0));
        admin().get(address + "/revisions/1..7").then().statusCode(404).body("expected", equalTo("1 to 2"));
    }

    @Test
    void restores_for_who_has_seen_the_present_revision() {
        restore(1, null).statusCode(428).body("expected", containsString(etag()));
        restore(1, "\"1-0000\"")
                .statusCode(412)
                .body("detail", containsString(key + " is at revision 2, saved by admin at 20"))
                .body("expected", containsString(etag()))
                .body("retrySafe", is(false));
        String restored = restore(1, etag())
                .statusCode(200)
                .body("revision", is(3))
                .body("steps[0].timeout", equalTo("30s"))
                .extract()
                .header("ETag");
        assertThat(restored).isEqualTo(etag());
        admin().get(address + "/revisions/3").then().body("note", equalTo("Restored from revision 1: too long"));
        restore(3, etag()).statusCode(200).body("revision", is(3));
        restore(9, etag()).statusCode(404);
    }

    @Test
    void says_at_every_change_which_revision_is_there_and_whose_it_is() {
        admin().header("If-Match", "\"x\"")
                .delete(address)
                .then()
                .statusCode(412)
                .body("detail", startsWith("Somebody changed it since you read it: " + key + " is at revision 2"))
                .body("detail", endsWith("nothing was stored"));
        admin().contentType(ContentType.JSON)
                .body("{}")
                .put(address)
                .then()
                .statusCode(428)
                .body("detail", containsString("is at revision 2, saved by admin"));
    }

    @Test
    void a_token_that_only_reads_may_compare_and_not_restore() {
        String token = admin().contentType(ContentType.JSON)
                .body("{\"name\": \"reader\", \"scopes\": [\"read\"]}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        Http.token(token).get(address + "/revisions/1..2").then().statusCode(200);
        Http.token(token)
                .contentType(ContentType.JSON)
                .header("If-Match", etag())
                .body("{}")
                .post(address + "/revisions/1/restore")
                .then()
                .statusCode(403);
    }
}
