package dev.switchback.exchange;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files come in whole or not at all, and go out as they came. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ImportApiTest {

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String environment = Samples.environment("env-" + unique, "staging", "/tmp");
    private final String migration = Samples.migration(
            "mig-" + unique,
            "svc-" + unique,
            "  # look first\n"
                    + "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, noRollback:"
                    + " reads}\n");
    private final String both = "# ours\n" + environment + "---\n" + migration;

    private static ValidatableResponse post(String address, byte[] body) {
        return admin().contentType("application/yaml").body(body).post(address).then();
    }

    private static ValidatableResponse send(String body) {
        return post("/api/v1/import", body.getBytes(StandardCharsets.UTF_8));
    }

    private static String export(String address) {
        return new String(
                admin().get(address + "/export")
                        .then()
                        .statusCode(200)
                        .contentType(containsString("application/yaml"))
                        .extract()
                        .asByteArray(),
                StandardCharsets.UTF_8);
    }

    private void nothingWasStored() {
        admin().get("/api/v1/environments/env-" + unique).then().statusCode(404);
        admin().get("/api/v1/migrations/mig-" + unique).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?dryRun=true", "?dryRun", "?dryRun="})
    void a_dry_run_says_what_would_happen_and_stores_nothing(String query) {
        post("/api/v1/import" + query, both.getBytes(StandardCharsets.UTF_8))
                .statusCode(200)
                .body("dryRun", is(true))
                .body("items.change", is(List.of("created", "created")))
                .body("problems", empty());
        nothingWasStored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "TRUE", "no"})
    void a_dry_run_that_is_not_clear_is_refused_and_stores_nothing(String word) {
        post("/api/v1/import?dryRun=" + word, both.getBytes(StandardCharsets.UTF_8))
                .statusCode(422)
                .body("violations[0].field", is("dryRun"));
        nothingWasStored();
    }

    @Test
    void the_same_file_again_changes_nothing_and_comes_back_as_it_was() {
        send(both).statusCode(200).body("items.change", is(List.of("created", "created")));
        send(both).statusCode(200).body("items.change", is(List.of("unchanged", "unchanged")));
        String exported =
                export("/api/v1/environments/env-" + unique) + "---\n" + export("/api/v1/migrations/mig-" + unique);
        assertThat(exported).isEqualTo(both);
        send(exported).statusCode(200).body("items.change", is(List.of("unchanged", "unchanged")));
        admin().get("/api/v1/migrations/mig-" + unique + "/revisions").then().body("items.number", is(List.of(1)));
    }

    @Test
    void line_ends_of_windows_are_no_change() {
        send(both).statusCode(200);
        send(both.replace("\n", "\r\n")).statusCode(200).body("items.change", is(List.of("unchanged", "unchanged")));
    }

    @Test
    void a_mistake_in_the_last_document_keeps_the_first_out_and_is_told_with_its_line() {
        String broken = environment + "---\n" + migration.replace("owner: team-test", "ownr: team-test");
        send(broken)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", hasItems("owner", "ownr"))
                .body("violations.find { it.field == 'ownr' }.line", is(1 + line(broken, "ownr:")))
                .body("violations.find { it.field == 'ownr' }.expected", is("owner"))
                .body("retrySafe", is(true));
        nothingWasStored();
    }

    private static int line(String text, String part) {
        return (int) text.substring(0, text.indexOf(part))
                .chars()
                .filter(c -> c == '\n')
                .count();
    }

    @Test
    void a_finding_refuses_nothing() {
        send(environment + "---\n"
                        + migration
                                .replace("noRollback: reads", "idempotent: false")
                                .replace("\"true\"", "rm x"))
                .statusCode(200)
                .body("findings.size()", is(org.hamcrest.Matchers.greaterThan(0)));
    }

    @Test
    void what_is_not_text_in_utf_8_is_refused_with_its_line() {
        post("/api/v1/import", new byte[] {'a', ':', '\n', 'b', (byte) 0xff})
                .statusCode(422)
                .body("violations[0].line", is(2));
        post("/api/v1/import", new byte[] {'a', ':', ' ', (byte) 0xc3}).statusCode(422);
        send("\uFEFF" + both).statusCode(422).body("detail", containsString("byte order mark"));
        send("").statusCode(422).body("expected", containsString("at least one"));
        send(both + "\u0000").statusCode(422);
        nothingWasStored();
    }

    @Test
    void bombs_and_aliases_are_refused() {
        send("a: &a [x, x]\nb: *a\n").statusCode(422);
        send("a: " + "[".repeat(5000)).statusCode(422);
        send("a: " + "x".repeat(1_000_000) + "\n").statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up", "a/b", "A", "-a", "", "a b", "\"a\\nb\"", "é"})
    void a_key_is_never_a_path(String key) {
        send(environment.replace("key: env-" + unique, "key: " + key)).statusCode(422);
    }

    @Test
    void many_who_bring_the_same_new_file_at_once_make_one_revision() {
        List<CompletableFuture<ValidatableResponse>> all = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> send(both)))
                .toList();
        List<String> changes = all.stream()
                .map(CompletableFuture::join)
                .map(answer -> answer.statusCode(200).extract().<String>path("items[1].change"))
                .sorted()
                .toList();
        assertThat(changes).containsExactly("created", "unchanged", "unchanged", "unchanged", "unchanged", "unchanged");
    }

    @Test
    void five_hundred_steps_are_taken_and_one_more_is_not() {
        send(environment + "---\n" + Samples.migration("mig-" + unique, "svc", steps(500)))
                .statusCode(200);
        send(Samples.migration("mig-" + unique, "svc", steps(501)))
                .statusCode(422)
                .body("expected", containsString("500"));
    }

    private static String steps(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("  - {id: s")
                    .append(i)
                    .append(", title: Step, phase: change, shell: {target: host, command: \"true\"}, noRollback: x}\n");
        }
        return text.toString();
    }

    @Test
    void what_was_sent_as_json_is_exported_as_a_file_that_says_the_same() {
        admin().contentType("application/json")
                .body("{\"key\": \"env-" + unique + "\", \"name\": \"1.10\", \"tier\": \"staging\","
                        + " \"variables\": {\"a\": \"007\", \"b\": \"yes: #\"}}")
                .post("/api/v1/environments")
                .then()
                .statusCode(201)
                .header("Location", is("/api/v1/environments/env-" + unique));
        send(export("/api/v1/environments/env-" + unique)).statusCode(200).body("items[0].change", is("unchanged"));
    }

    @Test
    void the_findings_are_a_list() {
        importFile(both);
        admin().get("/api/v1/migrations/mig-" + unique + "/findings")
                .then()
                .statusCode(200)
                .body("items.rule", hasItems("probe-missing"));
    }

    @Test
    void a_mark_that_asks_for_a_review_is_taken_away_by_a_person_and_by_no_token() {
        String key = "review-" + UUID.randomUUID().toString().substring(0, 8);
        String file = Samples.migration(
                key,
                key,
                "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, noRollback: x}\n");
        importFile(file + "needsReview: true\n");
        String ci = admin().contentType("application/json")
                .body("{\"name\": \"ci\"}")
                .post("/api/v1/tokens")
                .path("token");

        token(ci)
                .contentType("application/yaml")
                .body(file)
                .post("/api/v1/import")
                .then()
                .statusCode(200)
                .body("items[0].change", is("unchanged"));
        admin().get("/api/v1/migrations/" + key)
                .then()
                .body("needsReview", is(true))
                .body("state", is("draft"));

        importFile(file).body("items[0].change", is("revised"));
        admin().get("/api/v1/migrations/" + key)
                .then()
                .body("needsReview", is(false))
                .body("state", is("ready"));
    }
}
