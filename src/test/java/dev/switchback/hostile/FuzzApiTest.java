package dev.switchback.hostile;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent, the answer is one that was meant: never a failure of the server, never a word about its inside, and
 * every refusal is a whole problem. {@code -Dswitchback.fuzz.seed=} another seed, {@code -Dswitchback.fuzz.seconds=} more
 * time; what fails is printed with both the seed and the request.
 */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class FuzzApiTest {

    private static final long SEED = Long.getLong("switchback.fuzz.seed", 20261123);
    private static final long SECONDS = Long.getLong("switchback.fuzz.seconds", 12);

    private static final String STEPS =
            "  - {id: ask, title: Ask, phase: change, manual: {instructions: look}, noRollback: x}\n";

    /** What an import writes. What is refused leaves all of it as it was. */
    private static final String STORED = "SELECT (SELECT count(*) FROM migration), (SELECT count(*) FROM environment),"
            + " (SELECT count(*) FROM migration_revision), (SELECT count(*) FROM environment_revision),"
            + " (SELECT count(*) FROM revision_text), (SELECT sum(revision) FROM migration)";

    @Inject
    DataSource database;

    @TestHTTPResource("/")
    URI base;

    private static LongSupplier timeOf(long seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        return () -> end - System.nanoTime();
    }

    /** People whom it made may have been given roles: nobody is left with more than before. */
    @AfterEach
    void leave_nobody_with_a_role() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM role_grant WHERE person_id IN (SELECT id FROM person"
                    + " WHERE name <> 'admin' AND created_at > now() - interval '2 minutes')");
        }
    }

    @Test
    void answers_every_operation_of_the_description_as_it_was_meant() throws Exception {
        importFile(Samples.environment("fz", "staging", "/tmp") + "---\n" + Samples.migration("fz", "fz", STEPS));
        sent("/api/v1/people", "{\"name\": \"fz\", \"displayName\": \"Fz\"}");
        sent("/api/v1/teams", "{\"name\": \"fz-team\", \"displayName\": \"Fz\"}");
        String run = sent("/api/v1/migrations/fz/runs", "{\"environment\": \"fz\", \"purpose\": \"rehearsal\"}");
        var fuzz = fuzz(Map.of(
                "/api/v1/migrations/", List.of("fz"),
                "/api/v1/environments/", List.of("fz"),
                "/api/v1/runs/", List.of(run),
                "/api/v1/people/", List.of("fz"),
                "/api/v1/teams/", List.of("fz-team")));
        assertThat(fuzz.operations()).isGreaterThanOrEqualTo(60);

        assertThat(fuzz.run(timeOf(SECONDS * 2 / 3))).isEmpty();

        assertThat(fuzz.answers()).as("it got somewhere").containsKeys(200, 400, 404, 422);
        admin().contentType(ContentType.JSON).body("{\"reason\": \"over\"}").post("/api/v1/runs/" + run + "/abort");
    }

    @Test
    void imports_a_spoilt_file_whole_or_not_at_all() throws Exception {
        LongSupplier left = timeOf(SECONDS / 3);
        int refused = 0;
        for (long number = 0; number < 40 || left.getAsLong() > 0; number++) {
            var random = new Random(SEED * 31 + number);
            byte[] file = new FileMutation(random).file().getBytes(UTF_8);
            if (random.nextInt(3) == 0) {
                file = FileMutation.bytewise(file, random);
            }
            String before = stored();
            var answer = admin().contentType("application/yaml").body(file).post("/api/v1/import");
            String what = "seed " + SEED + ", file " + number + ", answered " + answer.statusCode() + " "
                    + answer.asString() + ":\n" + new String(file, UTF_8);
            assertThat(Fuzz.complaint(answer.statusCode(), answer.contentType(), answer.asByteArray()))
                    .as(what)
                    .isNull();
            if (answer.statusCode() != 200) {
                refused++;
                assertThat(stored()).as(what).isEqualTo(before);
            }
        }
        assertThat(refused).isGreaterThan(10);
    }

    private Fuzz fuzz(Map<String, List<String>> known) throws Exception {
        String login = "admin:" + TestDatabase.PASSWORD;
        return new Fuzz(base, "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)), SEED, known);
    }

    private static String sent(String address, String json) {
        return admin().contentType(ContentType.JSON)
                .body(json)
                .post(address)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getString("id");
    }

    private String stored() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery(STORED)) {
            found.next();
            var text = new StringBuilder();
            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                text.append(found.getString(i)).append(' ');
            }
            return text.toString();
        }
    }
}
