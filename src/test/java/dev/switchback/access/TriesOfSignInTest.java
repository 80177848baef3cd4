package dev.switchback.access;

import static dev.switchback.Http.nobody;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who guesses waits, and keeps nobody else out. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class TriesOfSignInTest {

    private static final String RIGHT = TestDatabase.PASSWORD;
    private static final AtomicInteger NEXT = new AtomicInteger(10);

    @Inject
    DataSource database;

    @Inject
    TriesOfSignIn tries;

    private final String here = "203.0.113." + NEXT.incrementAndGet();

    /** The names that were guessed at from many places are to be free for other tests. */
    @AfterEach
    void forget() throws SQLException {
        sql("DELETE FROM sign_in_wait");
        sql("DELETE FROM sign_in_place WHERE address LIKE '203.0.113.%'");
    }

    private void sql(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var run = connection.createStatement()) {
            run.executeUpdate(statement);
        }
    }

    /** As if so much time had gone by. */
    private void turnTheClock(String interval) throws SQLException {
        sql("UPDATE sign_in_wait SET failed_at = failed_at - interval '" + interval
                + "', wait_until = wait_until - interval '" + interval + "'");
    }

    private static Response form(String name, String password, String address) {
        return nobody().redirects()
                .follow(false)
                .header("X-Forwarded-For", address)
                .header("Accept", "text/html")
                .formParam("name", name)
                .formParam("password", password)
                .post("/signin");
    }

    private static Response basic(String name, String password, String address) {
        return nobody().header("X-Forwarded-For", address)
                .auth()
                .preemptive()
                .basic(name, password)
                .get("/api/v1/me");
    }

    private static void guess(int times, String name, String address) {
        IntStream.range(0, times).forEach(i -> form(name, "wrong-" + i, address));
    }

    @Test
    void the_fifth_wrong_password_makes_one_wait_and_then_the_right_one_does_not_help_either() {
        guess(4, "admin", here);
        Response fifth = form("admin", "wrong", here);
        assertThat(fifth.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(fifth.header("Retry-After"))).isBetween(55, 60);
        assertThat(fifth.asString()).contains("Wait 1 minute before you try again", "not even the right password");
        Response right = form("admin", RIGHT, here);
        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.cookies()).doesNotContainKey(SignInMechanism.COOKIE);
    }

    @Test
    void a_program_that_guesses_waits_as_well_and_is_told_how_long() {
        IntStream.range(0, 4)
                .forEach(i ->
                        assertThat(basic("admin", "wrong", here).statusCode()).isEqualTo(401));
        assertThat(basic("admin", "wrong", here).statusCode()).isEqualTo(429);
        Response right = basic("admin", RIGHT, here);
        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.contentType()).startsWith("application/problem+json");
        assertThat(right.path("status").toString()).isEqualTo("429");
        assertThat(Integer.parseInt(right.header("Retry-After"))).isBetween(50, 60);
        assertThat(right.path("expected").toString()).isEqualTo("another try in " + right.header("Retry-After") + " s");
        assertThat(form("admin", RIGHT, here).statusCode()).isEqualTo(429);
    }

    @Test
    void after_the_wait_the_right_password_opens_and_everything_is_forgotten() throws SQLException {
        guess(5, "admin", here);
        turnTheClock("61 seconds");
        assertThat(form("admin", RIGHT, here).statusCode()).isEqualTo(303);
        guess(4, "admin", here);
        assertThat(form("admin", RIGHT, here).statusCode()).isEqualTo(303);
    }

    @Test
    void each_further_wrong_password_doubles_the_wait_up_to_a_quarter_of_an_hour() throws SQLException {
        guess(4, "admin", here);
        for (int seconds : new int[] {60, 120, 240, 480, 900, 900}) {
            Response wrong = form("admin", "wrong", here);
            assertThat(Integer.parseInt(wrong.header("Retry-After"))).isBetween(seconds - 5, seconds);
            turnTheClock(seconds + " seconds");
        }
    }

    @Test
    void wrong_passwords_of_long_ago_do_not_count() throws SQLException {
        guess(4, "admin", here);
        turnTheClock("16 minutes");
        guess(4, "admin", here);
        assertThat(form("admin", RIGHT, here).statusCode()).isEqualTo(303);
    }

    @Test
    void a_name_that_nobody_has_is_answered_like_one_that_somebody_has() {
        for (int i = 0; i < 6; i++) {
            Response known = form("admin", "wrong", here);
            Response unknown = form("nobody-" + here, "wrong", here);
            assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
            assertThat(said(unknown)).isEqualTo(said(known));
        }
    }

    private static String said(Response answer) {
        return answer.asString()
                .lines()
                .filter(line -> line.contains("id=\"refused\""))
                .collect(Collectors.joining());
    }

    @Test
    void the_page_says_how_many_tries_are_left_before_one_must_wait() {
        assertThat(form("admin", "wrong", here).asString())
                .contains("The name or the password is wrong", "you may try again")
                .doesNotContain("must wait");
        assertThat(form("admin", "wrong", here).asString()).contains("After three more wrong tries you must wait");
        assertThat(form("admin", "wrong", here).asString()).contains("After two more wrong tries");
        assertThat(form("admin", "wrong", here).asString()).contains("After one more wrong try");
    }

    @Test
    void guessing_in_one_place_keeps_nobody_out_in_another() {
        guess(6, "admin", here);
        assertThat(form("admin", RIGHT, "192.0.2.77").statusCode()).isEqualTo(303);
    }

    @Test
    void guessing_from_everywhere_makes_strangers_wait_but_not_who_signs_in_where_they_always_do() {
        assertThat(form("admin", RIGHT, here).statusCode()).isEqualTo(303);
        IntStream.range(0, 100).forEach(i -> tries.failed("admin", "198.18.0." + i));
        assertThat(form("admin", RIGHT, "198.18.1.1").statusCode()).isEqualTo(429);
        assertThat(form("admin", RIGHT, here).statusCode()).isEqualTo(303);
    }

    @Test
    void one_address_that_tries_many_names_waits_but_not_the_colleague_who_works_behind_it() {
        assertThat(form("admin", RIGHT, here).statusCode()).isEqualTo(303);
        IntStream.range(0, 50).forEach(i -> tries.failed("name-" + i, here));
        assertThat(form("somebody-new", "wrong", here).statusCode()).isEqualTo(429);
        assertThat(form("admin", RIGHT, here).statusCode()).isEqualTo(303);
    }

    @Test
    void wrong_tokens_make_their_address_wait_but_a_good_one_still_opens() {
        String good = nobody().auth()
                .preemptive()
                .basic("admin", RIGHT)
                .contentType("application/json")
                .body("{\"name\": \"good\"}")
                .post("/api/v1/tokens")
                .path("token");
        IntStream.range(0, 49).forEach(i -> tries.failed(here));
        var wrong = token("sbt_wrong").header("X-Forwarded-For", here);
        assertThat(wrong.get("/api/v1/me").statusCode()).isEqualTo(401);
        Response turnedAway = wrong.get("/api/v1/me");
        assertThat(turnedAway.statusCode()).isEqualTo(429);
        assertThat(turnedAway.header("Retry-After")).isNotNull();
        assertThat(token(good).header("X-Forwarded-For", here).get("/api/v1/me").statusCode())
                .isEqualTo(200);
    }

    @Test
    void who_has_a_whole_network_of_addresses_has_one_place() {
        assertThat(TriesOfSignIn.place("2001:db8:1:2:3::4")).isEqualTo(TriesOfSignIn.place("2001:db8:1:2:ffff::1"));
        assertThat(TriesOfSignIn.place("2001:db8:1:2::1")).isNotEqualTo(TriesOfSignIn.place("2001:db8:1:3::1"));
        assertThat(TriesOfSignIn.place("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @Test
    void no_name_that_is_tried_here_counts_against_somebody_elsewhere() {
        String there = TriesOfSignIn.both("admin", "198.51.100.7").substring(0, 33);
        assertThat(TriesOfSignIn.both("any name", "192.0.2.1")).doesNotStartWith(there);
        assertThat(TriesOfSignIn.both("any name", "198.51.100.7")).startsWith(there);
    }

    @Test
    void right_passwords_that_come_all_at_once_all_open() throws Exception {
        var pool = Executors.newFixedThreadPool(12);
        try {
            var all = pool.invokeAll(IntStream.range(0, 24)
                    .mapToObj(i -> (Callable<Integer>)
                            () -> basic("admin", RIGHT, here).statusCode())
                    .toList());
            for (var each : all) {
                assertThat(each.get()).isEqualTo(200);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void guesses_that_come_all_at_once_are_no_way_around_the_wait() throws Exception {
        var pool = Executors.newFixedThreadPool(12);
        try {
            var all = pool.invokeAll(IntStream.range(0, 24)
                    .mapToObj(i -> (Callable<Integer>)
                            () -> basic("admin", "wrong", here).statusCode())
                    .toList());
            int looked = 0;
            for (var each : all) {
                looked += each.get() == 401 ? 1 : 0;
            }
            // At most those that had their turn at the same moment as the fifth.
            assertThat(looked).isLessThanOrEqualTo(8);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void what_was_typed_is_not_to_be_found_in_the_table() throws SQLException {
        form("my-password-in-the-wrong-field", "wrong", here);
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT key FROM sign_in_wait")) {
            while (rows.next()) {
                assertThat(rows.getString(1)).matches("n[0-9a-f]{6}|a[0-9a-f]{32}|b[0-9a-f]{38}");
            }
        }
    }

    @Test
    void what_is_long_over_is_forgotten() throws SQLException {
        guess(5, "admin", here);
        turnTheClock("1 hour");
        tries.forgetOld();
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM sign_in_wait")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }
}
