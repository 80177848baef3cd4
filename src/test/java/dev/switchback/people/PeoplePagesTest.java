package dev.switchback.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Http;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** People and teams in a browser without script. */
@QuarkusTest
class PeoplePagesTest {

    private static Response make(Visitor admin, String name) {
        return admin.send(
                "/people/new",
                "/people",
                "name",
                name,
                "displayName",
                "Dr. " + name,
                "password",
                TestDatabase.PASSWORD,
                "reads",
                "yes");
    }

    @Test
    void a_new_colleague_operates_staging_and_reads_everything_and_nothing_more() {
        Visitor admin = Visitor.signedIn();
        assertThat(make(admin, "grete").statusCode()).isEqualTo(303);
        Response given = admin.send(
                "/people/grete", "/people/grete/grants", "role", "operator", "service", "", "environment", "somewhere");
        assertThat(given.statusCode()).isEqualTo(303);
        String page = admin.page("/people/grete");
        assertThat(page)
                .contains("Dr. grete", "operator in “somewhere”", "no environment is called so yet")
                .contains("Reads everything; measures and rehearses; runs.");
        assertThat(admin.page("/access")).contains("/people/grete", "operator in “somewhere”");
        Visitor grete = Visitor.signedInAs("grete");
        assertThat(grete.page("/people/grete"))
                .contains("operator in “somewhere”")
                .doesNotContain("Give a role");
        assertThat(grete.page("/people/admin")).doesNotContain("Why: the roles");
        assertThat(grete.get("/access").statusCode()).isEqualTo(403);
        assertThat(grete.get("/people/new").statusCode()).isEqualTo(403);
    }

    @Test
    void a_role_is_taken_by_one_button() {
        Visitor admin = Visitor.signedIn();
        make(admin, "toni");
        Matcher take = Pattern.compile("/people/toni/grants/\\d+/take").matcher(admin.page("/people/toni"));
        assertThat(take.find()).isTrue();
        assertThat(admin.send("/people/toni", take.group()).statusCode()).isEqualTo(303);
        assertThat(admin.page("/people/toni")).contains("No role yet");
        assertThat(admin.send("/people/toni", take.group()).statusCode()).isEqualTo(404);
    }

    @Test
    void a_password_that_was_made_is_shown_once_and_works() {
        Visitor admin = Visitor.signedIn();
        Response made = admin.send("/people/new", "/people", "name", "paula", "displayName", "", "password", "");
        assertThat(made.statusCode()).isEqualTo(201);
        String password = Visitor.inside(made.asString(), "code").get(0);
        assertThat(password).matches("[a-z2-9]{5}(-[a-z2-9]{5}){3}");
        Http.nobody()
                .auth()
                .preemptive()
                .basic("paula", password)
                .get("/api/v1/me")
                .then()
                .statusCode(200);
        assertThat(admin.page("/people/paula")).doesNotContain(password);
    }

    @Test
    void what_is_wrong_with_somebody_new_is_said_and_what_was_typed_stays_but_the_password() {
        Visitor admin = Visitor.signedIn();
        Response refused = admin.send(
                "/people/new", "/people", "name", "Not A Name", "displayName", "Nora", "password", "much-too-weak-1");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.asString())
                .contains("Nothing was changed", "Not A Name", "Nora")
                .doesNotContain("much-too-weak-1");
    }

    @Test
    void whoever_leaves_is_out_after_one_look_and_one_button() {
        Visitor admin = Visitor.signedIn();
        make(admin, "leo");
        Visitor leo = Visitor.signedInAs("leo");
        assertThat(leo.get("/people").statusCode()).isEqualTo(200);
        assertThat(admin.page("/people/leo/deactivate")).contains("Everything they did stays in the record");
        assertThat(admin.send("/people/leo/deactivate", "/people/leo/deactivate")
                        .statusCode())
                .isEqualTo(303);
        assertThat(leo.get("/people").statusCode()).isNotEqualTo(200);
        assertThat(admin.page("/people/leo")).contains("has left", "Bring back");
        assertThat(admin.send("/people/leo", "/people/leo/activate").statusCode())
                .isEqualTo(303);
    }

    @Test
    void a_team_passes_its_roles_on_and_a_page_says_through_whom() {
        Visitor admin = Visitor.signedIn();
        make(admin, "mila");
        assertThat(admin.send("/teams/new", "/teams", "name", "watch", "displayName", "The watch")
                        .statusCode())
                .isEqualTo(303);
        admin.send("/teams/watch", "/teams/watch/grants", "role", "approver");
        assertThat(admin.send("/teams/watch", "/teams/watch/members", "person", "mila")
                        .statusCode())
                .isEqualTo(303);
        assertThat(admin.send("/teams/watch", "/teams/watch/members", "person", "no-one")
                        .statusCode())
                .isEqualTo(422);
        assertThat(admin.page("/people/mila")).contains("through <a href=\"/teams/watch\">The watch</a>");
        assertThat(admin.page("/teams/watch")).contains("/people/mila");
        assertThat(admin.page("/teams")).contains("The watch");
        assertThat(admin.send("/teams/watch/deactivate", "/teams/watch/deactivate")
                        .statusCode())
                .isEqualTo(303);
        assertThat(admin.page("/people/mila")).doesNotContain("through <a");
    }

    @Test
    void whoever_is_no_admin_of_everything_is_refused_each_form_and_nothing_changes() {
        Visitor admin = Visitor.signedIn();
        make(admin, "hugo");
        admin.send("/teams/new", "/teams", "name", "keep", "displayName", "The keep");
        admin.send("/teams/keep", "/teams/keep/members", "person", "hugo");
        admin.send("/teams/keep", "/teams/keep/grants", "role", "viewer");
        make(admin, "olga");
        for (String role : List.of("author", "operator", "approver")) {
            admin.send("/people/olga", "/people/olga/grants", "role", role);
        }
        make(admin, "emil");
        admin.send("/people/emil", "/people/emil/grants", "role", "admin", "environment", "staging");
        List<String> forms = List.of(
                "/people/hugo",
                "/people/hugo/password",
                "/people/hugo/local-admin",
                "/people/hugo/grants",
                taking(admin, "/people/hugo"),
                "/people/hugo/deactivate",
                "/people/hugo/activate",
                "/teams/keep",
                "/teams/keep/members",
                "/teams/keep/members/hugo/remove",
                "/teams/keep/grants",
                taking(admin, "/teams/keep"),
                "/teams/keep/deactivate",
                "/teams/keep/activate");
        String[] fields = {"displayName", "Somebody", "role", "admin", "person", "olga", "localAdmin", "yes"};
        String before = state();
        Visitor hugo = Visitor.signedInAs("hugo");
        for (Visitor each : List.of(hugo, Visitor.signedInAs("olga"), Visitor.signedInAs("emil"))) {
            for (String form : forms) {
                assertThat(each.send("/me", form, fields).statusCode()).as(form).isEqualTo(403);
            }
            for (String page : List.of("/people/hugo/deactivate", "/teams/keep/deactivate", "/teams/new", "/access")) {
                assertThat(each.get(page).statusCode()).as(page).isEqualTo(403);
            }
        }
        assertThat(state()).isEqualTo(before);
        assertThat(hugo.get("/me").statusCode()).isEqualTo(200);
        assertThat(hugo.page("/teams/keep"))
                .contains("The keep")
                .doesNotContain("<form method=\"post\" action=\"/teams");
    }

    private static String taking(Visitor admin, String page) {
        Matcher take = Pattern.compile(page + "/grants/\\d+/take").matcher(admin.page(page));
        assertThat(take.find()).isTrue();
        return take.group();
    }

    private static String state() {
        return Http.admin().get("/api/v1/people/hugo").asString()
                + Http.admin().get("/api/v1/teams/keep").asString();
    }

    @Test
    void a_local_admin_is_made_and_unmade_by_one_button() {
        Visitor admin = Visitor.signedIn();
        make(admin, "luna");
        assertThat(admin.page("/people/luna")).contains("Make a local admin").doesNotContain("· local admin");
        admin.send("/people/luna", "/people/luna/local-admin", "localAdmin", "yes");
        assertThat(admin.page("/people/luna")).contains("No local admin any more", "· local admin");
        admin.send("/people/luna", "/people/luna/local-admin", "localAdmin", "no");
        assertThat(admin.page("/people/luna")).contains("Make a local admin");
    }

    @Test
    void the_last_admin_stays() {
        OnlyAdmin.remains();
        Visitor admin = Visitor.signedIn();
        Response refused = admin.send("/people/admin/deactivate", "/people/admin/deactivate");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.asString()).contains("Nobody would be left");
    }
}
