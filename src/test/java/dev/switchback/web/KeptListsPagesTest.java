package dev.switchback.web;

import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Http;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists are kept as they were written, and nobody notices: what was saved is there, and nobody gets another's page. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class KeptListsPagesTest {

    private static final String STEP =
            "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"},"
                    + " noRollback: reads}\n";
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "kept-" + unique;
    private final String service = "svc-" + unique;
    private final String address = "/migrations?service=" + service;

    @Inject
    DataSource database;

    private Visitor visitor;

    @BeforeEach
    void signIn() {
        visitor = Visitor.signedIn();
    }

    private void save(String title) {
        importFile(Samples.migration(key, service, STEP).replaceFirst("title: .*", "title: " + title));
    }

    /** As another instance does it: past everything that this one has in its memory. */
    private void elsewhere(String sql) {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_was_saved_is_on_the_very_next_page() {
        save("First");
        assertThat(visitor.page(address)).contains(">First</a>");
        for (String title : List.of("Second", "Third", "Fourth")) {
            save(title);
            assertThat(visitor.page(address)).contains(">" + title + "</a>");
        }
    }

    @Test
    void what_was_saved_through_another_instance_is_on_the_very_next_page() {
        save("First");
        assertThat(visitor.page(address)).contains(">First</a>");
        elsewhere("UPDATE migration SET title = 'From elsewhere' WHERE key = '" + key + "'");
        assertThat(visitor.page(address)).contains(">From elsewhere</a>").doesNotContain(">First</a>");
        elsewhere("DELETE FROM migration_search s USING migration m WHERE m.id = s.migration_id AND m.key = '" + key
                + "'");
        assertThat(visitor.page(address + "&q=first")).contains("0 migrations found");
    }

    @Test
    void a_decision_changes_the_counts_of_the_next_page() {
        save("Abandoned soon");
        assertThat(visitor.page(address)).contains("Ready <span class=\"muted\">1</span>");
        Http.admin()
                .contentType("application/json")
                .body("{\"note\": \"not needed\"}")
                .post("/api/v1/migrations/" + key + "/abandon")
                .then()
                .statusCode(200);
        assertThat(visitor.page(address)).contains("Abandoned <span class=\"muted\">1</span>");
    }

    @Test
    void a_run_that_moves_is_on_the_next_page_of_the_runs() {
        String environment = "env-" + unique;
        importFile(Samples.environment(environment, "staging", "/tmp"));
        save("Runs");
        String runs = "/runs?service=" + service;
        assertThat(visitor.page(runs)).contains("No run");
        elsewhere("INSERT INTO run (migration_id, revision_id, environment_id, environment_content, service, purpose,"
                + " finish, measure, state, direction, leg_no, requested_by, created_at, started_at, ended_at) SELECT"
                + " m.id, v.id, e.id, e.content, m.service, 'live', 'applied', 'none', 'succeeded', 'forward', 1, 'a',"
                + " now(), now(), now() FROM migration m JOIN migration_revision v ON v.migration_id = m.id JOIN"
                + " environment e ON e.key = '" + environment + "' WHERE m.key = '" + key + "'");
        assertThat(visitor.page(runs)).contains("Succeeded").contains(">Runs<");
        elsewhere("UPDATE run SET state = 'aborted', last_event_no = last_event_no + 1 WHERE service = '" + service
                + "'");
        assertThat(visitor.page(runs)).contains("Aborted <span class=\"muted\">1</span>");
        elsewhere("UPDATE environment SET name = 'Renamed " + unique + "' WHERE key = '" + environment + "'");
        assertThat(visitor.page(runs)).contains("Renamed " + unique);
    }

    @Test
    void everybody_gets_their_own_page_around_the_list_also_all_at_once() {
        save("Shared");
        elsewhere("INSERT INTO person (name, display_name, password_hash, created_at) SELECT 'other-" + unique
                + "', 'Other " + unique + "', password_hash, now() FROM person WHERE name = 'admin'");
        elsewhere("INSERT INTO role_grant (person_id, role, granted_at, granted_by) SELECT id, 'viewer', now(), 'test'"
                + " FROM person WHERE name = 'other-" + unique + "'");
        List<Visitor> visitors = List.of(visitor, Visitor.signedIn(), Visitor.signedInAs("other-" + unique));
        List<String> tokens =
                visitors.stream().map(each -> token(each.page("/runs"))).toList();
        assertThat(tokens).doesNotHaveDuplicates();

        List<CompletableFuture<List<String>>> asked = IntStream.range(0, 9)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> pages(visitors.get(i % 3))))
                .toList();
        for (int i = 0; i < 9; i++) {
            int who = i % 3;
            assertThat(asked.get(i).join()).allSatisfy(page -> {
                assertThat(page).contains(">Shared</a>");
                assertThat(TOKEN.matcher(page).results().map(each -> each.group(1)))
                        .containsOnly(tokens.get(who));
                assertThat(page.contains("Other " + unique)).isEqualTo(who == 2);
            });
        }
    }

    private List<String> pages(Visitor who) {
        var pages = new ArrayList<String>();
        for (int i = 0; i < 15; i++) {
            if (i % 5 == 4) {
                elsewhere("UPDATE migration SET changed_at = now() WHERE key = '" + key + "'");
            }
            pages.add(who.with().cookie("theme", "dark").get(address).asString());
        }
        return pages;
    }

    private static String token(String page) {
        var token = TOKEN.matcher(page);
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    @Test
    void nobody_reads_less_than_was_saved_before_they_asked() {
        save("Number 0");
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int number = 1; number <= 20; number++) {
            elsewhere("UPDATE migration SET title = 'Number " + number + "' WHERE key = '" + key + "'");
            int saved = number;
            for (int i = 0; i < 4; i++) {
                readers.add(CompletableFuture.runAsync(
                        () -> assertThat(number(visitor.page(address))).isGreaterThanOrEqualTo(saved)));
            }
        }
        readers.forEach(CompletableFuture::join);
    }

    private static int number(String page) {
        var number = Pattern.compile(">Number (\\d+)</a>").matcher(page);
        assertThat(number.find()).isTrue();
        return Integer.parseInt(number.group(1));
    }

    @Test
    void a_list_behind_the_door_is_for_nobody_who_has_signed_out() {
        save("Secret enough");
        assertThat(visitor.page(address)).contains("Secret enough");
        visitor.send("/runs", "/signout");
        assertThat(visitor.get(address).statusCode()).isEqualTo(302);
    }

    @Test
    void what_is_written_in_an_address_stays_text() {
        assertThat(visitor.with()
                        .queryParam("service", "<b>\u0000x")
                        .get("/migrations")
                        .asString())
                .contains("&lt;b&gt;")
                .doesNotContain("<b>");
    }
}
