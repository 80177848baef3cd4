package dev.switchback;

import static dev.switchback.Http.admin;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;

/** A run that a test started over HTTP as the administrator. */
public record StartedRun(long id) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Starts the migration with this key for real, now. */
    public static StartedRun of(String migration, String environment) {
        return start(migration, environment, "live", "");
    }

    /** Plans it for this moment. */
    public static StartedRun planned(String migration, String environment, Instant startAt) {
        return start(migration, environment, "live", ", \"startAt\": \"" + startAt + "\"");
    }

    /** Rehearses it now. */
    public static StartedRun rehearsal(String migration, String environment) {
        return start(migration, environment, "rehearsal", "");
    }

    private static StartedRun start(String migration, String environment, String purpose, String more) {
        int id = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"" + purpose + "\"" + more + "}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new StartedRun(id);
    }

    /** Its page. */
    public String page() {
        return "/runs/" + id;
    }

    /** Where programs find it. */
    public String api() {
        return "/api/v1" + page();
    }

    /** What the API says of it. */
    public JsonPath now() {
        return admin().get(api()).jsonPath();
    }

    public String state() {
        return now().getString("state");
    }

    /** Waits until it is in this state; answers what the API says then. */
    public JsonPath awaitState(String state) {
        await("run " + id + " is " + state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> state.equals(state()));
        return now();
    }

    /** Presses a button of the run, such as {@code abort}, or of a step, such as {@code steps/look/confirm}. */
    public void press(String button, String body, int status) {
        admin().contentType(ContentType.JSON)
                .body(body)
                .post(api() + "/" + button)
                .then()
                .statusCode(status);
    }
}
