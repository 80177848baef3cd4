package dev.switchback.schedule;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.as;
import static dev.switchback.Http.colleague;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The next two weeks, what the page of an environment says of its times, and the openings on the page that starts. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class CalendarPagesTest {

    @Inject
    DataSource database;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String place = "cal-" + unique;
    private final String migration = "mig-" + unique;
    private final String service = "shop-" + unique;
    private final Instant soon = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);

    @BeforeEach
    void keep() {
        importFile(Samples.environment(place, "staging", "/tmp")
                + """
            freezes: [{from: %s, to: %s, reason: the great <sale>}]
            windows: [{from: "03:00", to: "04:00", zone: Europe/Berlin, reason: nobody is up}]
            """.formatted(soon.plus(5, ChronoUnit.DAYS), soon.plus(6, ChronoUnit.DAYS)));
        importFile(Samples.migration(
                migration,
                service,
                "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, noRollback: x}\n"));
    }

    private void announced(String version, Instant at) {
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"%s\", \"version\": \"%s\", \"at\": \"%s\"}".formatted(place, version, at))
                .post("/api/v1/services/" + service + "/deploys")
                .then()
                .statusCode(201);
    }

    private String calendar(Visitor who) {
        return who.page("/calendar?environment=" + place);
    }

    @Test
    void shows_runs_deploys_freezes_and_windows_day_by_day_and_what_is_in_conflict() {
        StartedRun run = StartedRun.planned(migration, place, soon);
        announced("<b>1.4.2</b>", soon.plusSeconds(600));

        String page = calendar(Visitor.signedIn());

        assertThat(page)
                .contains("1 run is planned until ", "1 in conflict")
                .contains("/runs/" + run.id())
                .contains("&lt;b&gt;1.4.2&lt;/b&gt;, announced by admin")
                .contains("the great &lt;sale&gt;")
                .contains("Live runs are allowed")
                .contains("Planned, in conflict")
                .contains("It is outside the windows; the next opens at ")
                .contains("A deploy of " + service + " &lt;b&gt;1.4.2&lt;/b&gt; is announced for ");
        assertThat(Visitor.signedIn().page("/calendar?service=no-such-" + unique + "&environment=" + place))
                .contains("No run is planned until")
                .doesNotContain("1.4.2");
        admin().get("/api/v1/calendar?environment=" + place + "&service=" + service)
                .then()
                .statusCode(200)
                .body("items.findAll { it.kind == 'run' }.url", contains("/runs/" + run.id()))
                .body("items.find { it.kind == 'run' }.conflicts", hasSize(2))
                .body("items.kind", hasItem("freeze"));
    }

    @Test
    void a_window_that_a_freeze_shuts_is_not_told_as_open() {
        String inFreeze = "items.findAll { it.kind == 'window' && it.from > '%s' && it.from < '%s' }.size()"
                .formatted(soon.plus(5, ChronoUnit.DAYS), soon.plus(6, ChronoUnit.DAYS));
        admin().get("/api/v1/calendar?environment=" + place)
                .then()
                .statusCode(200)
                .body("items.kind", hasItem("window"))
                .body(inFreeze, is(0));
    }

    @Test
    void says_so_when_nothing_is_planned() {
        assertThat(Visitor.signedIn().page("/calendar?environment=no-such-" + unique))
                .contains("Nothing like this in the next two weeks")
                .contains("Show everything");
    }

    @Test
    void shows_nobody_what_they_must_not_see() {
        StartedRun run = StartedRun.planned(migration, place, soon);
        announced("hidden-" + unique, soon);
        String other = colleague("other-" + unique, "{\"role\": \"viewer\", \"environment\": \"elsewhere\"}");

        assertThat(calendar(Visitor.signedInAs(other)))
                .doesNotContain("/runs/" + run.id())
                .doesNotContain("hidden-" + unique)
                .doesNotContain("sale");
        as(other)
                .get("/api/v1/calendar?environment=" + place)
                .then()
                .statusCode(200)
                .body("items.size()", is(0));
    }

    @Test
    void what_is_announced_of_others_hides_nothing_and_a_list_that_is_cut_says_so() throws SQLException {
        announced("1.4.2", soon.plusSeconds(600));
        String busy = "busy-" + unique;
        execute("INSERT INTO deploy (service, environment_id, version, at, announced_by, announced_at) SELECT '" + busy
                + "', e.id, 'v' || n, '" + soon + "', 'ci', now() FROM environment e, generate_series(1, 201) n"
                + " WHERE e.key = '" + place + "'");
        String here = "service=" + service + "&environment=" + place;
        String there = "service=" + busy;
        try {
            assertThat(Visitor.signedIn().page("/calendar?" + here))
                    .contains("1.4.2")
                    .doesNotContain("Only the first");
            assertThat(Visitor.signedIn()
                            .page("/migrations/" + migration + "/start?environment=" + place + "&startAt="
                                    + soon.toString().substring(0, 16)))
                    .contains("A deploy of " + service + " 1.4.2 is announced for ");
            assertThat(Visitor.signedIn().page("/calendar?" + there))
                    .contains("Only the first 200 deploys are shown")
                    .doesNotContain(", v201,");
            admin().get("/api/v1/calendar?" + here).then().body("cut", is(false));
            admin().get("/api/v1/calendar?" + there)
                    .then()
                    .body("cut", is(true))
                    .body("items.findAll { it.kind == 'deploy' }.size()", is(200));
        } finally {
            execute("DELETE FROM deploy WHERE service = '" + busy + "'");
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void a_stretch_that_makes_no_sense_is_refused() {
        admin().get("/api/v1/calendar?from=yesterday").then().statusCode(422);
        admin().get("/api/v1/calendar?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z")
                .then()
                .statusCode(422);
        admin().get("/api/v1/calendar?from=%2B999999999-01-01T00:00:00Z").then().statusCode(422);
    }

    @Test
    void the_page_of_an_environment_says_its_times_in_words() {
        assertThat(Visitor.signedIn().page("/environments/" + place))
                .contains("When live runs begin")
                .contains("Every day 03:00–04:00 Europe/Berlin")
                .contains("nobody is up")
                .contains("The next 14 days");
    }

    @Test
    void the_page_that_starts_offers_the_next_openings_and_tells_what_is_in_the_way() {
        announced("1.4.2", soon.plusSeconds(600));
        String start = "/migrations/" + migration + "/start?environment=" + place;

        String page = Visitor.signedIn().page(start);
        assertThat(page)
                .contains("Live runs are allowed again")
                .contains(start.replace("&", "&amp;") + "&amp;startAt=");

        String planned =
                Visitor.signedIn().page(start + "&startAt=" + soon.toString().substring(0, 16));
        assertThat(planned)
                .contains("value=\"" + soon.toString().substring(0, 16) + "\"")
                .contains("A deploy of " + service + " 1.4.2 is announced for ");
        assertThat(Visitor.signedIn().get(start + "&startAt=never").statusCode())
                .isEqualTo(200);
    }
}
