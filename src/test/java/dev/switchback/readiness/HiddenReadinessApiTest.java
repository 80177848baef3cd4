package dev.switchback.readiness;

import static dev.switchback.Http.as;
import static dev.switchback.Http.colleague;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody knows a service in one environment, another service in the other, and learns no more than that. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class HiddenReadinessApiTest {

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String staging = "hid-stag-" + unique;
    private final String production = "hid-prod-" + unique;
    private final String migration = "hid-mig-" + unique;
    private final String service = "hid-svc-" + unique;
    private String limited;
    private StartedRun waiting;

    @BeforeEach
    void aRunWaitsInProduction() {
        importFile(Samples.environment(staging, "staging", "/tmp"));
        importFile(Samples.environment(production, "production", "/tmp"));
        importFile(Samples.migration(
                        migration,
                        service,
                        "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"},"
                                + " noRollback: reads}\n")
                + "approvals: 1\n");
        waiting = StartedRun.of(migration, production);
        assertThat(waiting.state()).isEqualTo("awaiting-approval");
        limited = colleague(
                "hid-" + unique,
                grant(service, staging),
                grant("other-" + unique, staging),
                grant("other-" + unique, production));
    }

    private static String grant(String service, String environment) {
        return "{\"role\": \"viewer\", \"service\": \"" + service + "\", \"environment\": \"" + environment + "\"}";
    }

    private Response page(String address) {
        return as(limited).accept("text/html").get("/migrations/" + migration + address);
    }

    private Response asked(String environment) {
        return as(limited).get("/api/v1/migrations/" + migration + "/readiness?environment=" + environment);
    }

    @Test
    void a_run_that_waits_where_they_see_nothing_of_the_service_hides_no_page_from_them() {
        Response overview = page("");
        assertThat(overview.statusCode()).isEqualTo(200);
        assertThat(overview.asString()).doesNotContain("before-" + production, "/runs/" + waiting.id());

        Response readiness = page("/readiness");
        assertThat(readiness.statusCode()).isEqualTo(200);
        assertThat(readiness.asString()).contains(staging).doesNotContain(production, "/runs/" + waiting.id());

        assertThat(asked(staging).statusCode()).isEqualTo(200);
    }

    @Test
    void what_stands_between_the_service_and_an_environment_is_for_those_who_see_it_there() {
        assertThat(asked(production).statusCode()).isEqualTo(403);
        assertThat(page("/readiness?environment=" + production).statusCode()).isEqualTo(403);
        assertThat(page("/start?environment=" + production).statusCode()).isEqualTo(403);
        assertThat(page("/start?environment=" + staging).statusCode()).isEqualTo(200);
        assertThat(page("/preview?run=" + waiting.id()).statusCode()).isEqualTo(404);
    }

    @Test
    void a_rehearsal_in_an_environment_they_do_not_see_counts_and_stays_hidden() {
        StartedRun rehearsal = StartedRun.rehearsal(migration, staging);
        rehearsal.awaitState("succeeded");
        String seesProduction = colleague("hid-prod-only-" + unique, grant(service, production));

        String gates = as(seesProduction)
                .get("/api/v1/migrations/" + migration + "/readiness?environment=" + production)
                .then()
                .statusCode(200)
                .body("gates.find { it.key == 'rehearsed' }.holds", is(true))
                .body("gates.find { it.key == 'rehearsed' }.evidence", nullValue())
                .extract()
                .asString();
        assertThat(gates).contains("in an environment that you do not see").doesNotContain(staging, rehearsal.page());

        String approve = as(seesProduction)
                .accept("text/html")
                .get("/migrations/" + migration + "/approve")
                .asString();
        assertThat(approve)
                .contains("It was rehearsed in an environment that you do not see")
                .doesNotContain(staging, rehearsal.page() + "\"");
    }
}
