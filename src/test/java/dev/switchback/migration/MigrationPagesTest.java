package dev.switchback.migration;

import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.StatementsSent;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the list of migrations promises to a person whose browser runs no script. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class MigrationPagesTest {

    private static final String STEP = "  - {id: one, title: One, phase: change, shell: {target: host, command:"
            + " \"copy-the-zanzibar --to settings_v2\"}, noRollback: reads}\n";

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "mig-" + unique;
    private final String service = "svc-" + unique;

    @Inject
    EntityManager entities;

    private Visitor visitor;

    @BeforeEach
    void signIn() {
        visitor = Visitor.signedIn();
    }

    private String list(String query) {
        return visitor.page("/migrations?service=" + service + query);
    }

    private String search(String words) {
        return visitor.with().queryParam("q", words).get("/migrations").asString();
    }

    @Test
    void a_search_says_where_it_hit_when_the_row_does_not_show_it() {
        importFile(Samples.migration(key, service, STEP));
        assertThat(list("&q=zanzibar"))
                .contains("in step one: copy-the-<mark>zanzibar</mark> --to settings_v2")
                .contains("1 migration found");
        assertThat(list("&q=settings+v2")).contains("<mark>settings</mark>");
        assertThat(list("&q=" + key)).doesNotContain("<mark>");
        assertThat(list("&q=nowhere")).contains("No migration fits what is chosen above");
    }

    @Test
    void what_a_file_says_is_text_in_the_line_that_shows_the_hit() {
        importFile(Samples.migration(key, service, STEP.replace("zanzibar", "zanzibar<script>alert(1)</script>")));
        assertThat(list("&q=zanzibar")).contains("&lt;script&gt;").doesNotContain("<script>alert");
    }

    @Test
    void every_filter_is_in_the_address_and_in_the_form_again() {
        importFile(Samples.migration(key, service, STEP));
        String page = list("&q=zan&owner=team-test&needsReview=false&archived=all&state=ready");
        assertThat(page)
                .contains("value=\"zan\"")
                // With more than a hundred services there is a field to type in instead of a choice.
                .containsPattern(chosen("owner", "team-test"))
                .containsPattern(chosen("service", service))
                .contains("<option value=\"false\" selected>")
                .contains("<option value=\"all\" selected>")
                .contains("name=\"state\" value=\"ready\"");
        assertThat(Visitor.heading(page)).isEqualTo("1 migration found");
        assertThat(page).containsPattern("aria-current=\"page\">Ready <span class=\"muted\">1</span>");
    }

    private static String chosen(String field, String value) {
        return "<option selected>" + value + "</option>|name=\"" + field + "\" value=\"" + value + "\"";
    }

    @Test
    void what_can_not_be_chosen_is_said_above_the_form_which_keeps_the_rest() {
        Response answer = visitor.with().queryParam("q", "kept words").get("/migrations?state=asleep&archived=perhaps");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString())
                .contains("There is no migration state “asleep”")
                .contains("draft, ready, rehearsed, live, rolled-back, done, abandoned or open")
                .contains("false, true or all")
                .contains("value=\"kept words\"")
                .doesNotContain("value=\"asleep\"")
                .contains("<title>Error: Migrations");
    }

    @Test
    void signs_without_a_word_are_told_from_a_search_that_found_nothing() {
        assertThat(search("%%")).contains("neither a letter nor a digit");
        assertThat(search("word".repeat(2_000))).contains("0 migrations found");
        assertThat(search(IntStream.range(0, 40).mapToObj(i -> "word" + i).collect(Collectors.joining(" "))))
                .contains("Only the first 32 words count");
    }

    @Test
    void the_pages_follow_each_other_without_a_gap_and_keep_the_filters() {
        IntStream.range(0, 5).forEach(i -> importFile(Samples.migration(key + "-" + i, service, STEP)));
        var keys = new java.util.ArrayList<String>();
        String address = "/migrations?service=" + service + "&q=zanzibar&limit=2";
        while (address != null) {
            String page = visitor.page(address);
            Pattern.compile("<code>(mig-[^<]+)</code>")
                    .matcher(page)
                    .results()
                    .forEach(found -> keys.add(found.group(1)));
            var next = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"").matcher(page);
            address = next.find() ? next.group(1).replace("&amp;", "&") : null;
        }
        assertThat(keys)
                .isEqualTo(IntStream.iterate(4, i -> i >= 0, i -> i - 1)
                        .mapToObj(i -> key + "-" + i)
                        .toList());
    }

    @Test
    void a_longer_list_sends_no_more_statements() {
        String environment = "env-" + unique;
        importFile(Samples.environment(environment, "staging", "/tmp"));
        List<String> pages = List.of(
                "/migrations?service=" + service,
                "/migrations?service=" + service + "&q=zanzibar",
                "/migrations?service=" + service + "&environment=" + environment,
                "/runs?service=" + service,
                "/");
        fill(environment, 0, 2);
        List<Integer> few = pages.stream().map(this::statements).toList();
        fill(environment, 2, 25);
        assertThat(pages.stream().map(this::statements).toList()).isEqualTo(few);
    }

    private int statements(String page) {
        visitor.page(page);
        // As it stands a list that was kept is shown without a statement: something has to have happened.
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("UPDATE environment SET name = name")
                        .executeUpdate());
        int before = StatementsSent.soFar();
        visitor.page(page);
        int sent = StatementsSent.soFar() - before;
        assertThat(sent).as(page).isPositive();
        return sent;
    }

    /** Migrations with a failed run of two steps each. */
    private void fill(String environment, int from, int to) {
        IntStream.range(from, to).forEach(i -> importFile(Samples.migration(key + "-" + i, service, STEP)));
        QuarkusTransaction.requiringNew().run(() -> {
            entities.createNativeQuery(
                            "INSERT INTO run (migration_id, revision_id, environment_id, environment_content, service,"
                                    + " purpose, finish, measure, state, direction, leg_no, requested_by, created_at,"
                                    + " started_at, ended_at) SELECT m.id, v.id, e.id, e.content, m.service, 'live',"
                                    + " 'applied', 'none', 'failed', 'forward', 1, 'a', now(), now(), now() FROM migration"
                                    + " m JOIN migration_revision v ON v.migration_id = m.id JOIN environment e ON e.key ="
                                    + " :environment WHERE m.service = :service AND NOT EXISTS (SELECT FROM run r WHERE"
                                    + " r.migration_id = m.id)")
                    .setParameter("environment", environment)
                    .setParameter("service", service)
                    .executeUpdate();
            entities.createNativeQuery(
                            "INSERT INTO run_step (run_id, leg_no, leg, position, step_id, title, phase, kind, state)"
                                    + " SELECT r.id, 1, 'forward', 1, 'one', 'One', 'change', 'shell', 'failed' FROM run r"
                                    + " WHERE r.service = :service AND NOT EXISTS (SELECT FROM run_step s WHERE s.run_id ="
                                    + " r.id)")
                    .setParameter("service", service)
                    .executeUpdate();
        });
    }
}
