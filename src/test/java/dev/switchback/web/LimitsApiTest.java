package dev.switchback.web;

import static dev.switchback.Http.admin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Http;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What costs a lot is done so and so often within a minute, and not more. */
@QuarkusTest
@TestProfile(LimitsApiTest.Narrow.class)
@QuarkusTestResource(TestDatabase.class)
class LimitsApiTest {

    /** Limits that a test can reach. */
    public static class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("switchback.limit.imports", "3", "quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        }
    }

    private static Response importOne(String key) {
        return admin().contentType("application/yaml")
                .body(Samples.environment(key, "staging", "/tmp"))
                .post("/api/v1/import");
    }

    @Test
    void refuses_what_is_too_often_with_the_time_to_wait_and_does_nothing() {
        String key = "often-" + UUID.randomUUID().toString().substring(0, 8);
        Response refused = null;
        // A minute may end in between, so that the count begins anew once.
        for (int i = 0; i < 8 && (refused == null || refused.statusCode() == 200); i++) {
            refused = importOne(key + i);
            key = refused.statusCode() == 200 ? key : key + i;
        }

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(refused.jsonPath().getString("detail"))
                .isEqualTo("One person may import files 3 times a minute; nothing was done");
        admin().get("/api/v1/environments/" + key).then().statusCode(404);
        admin().get("/api/v1/environments").then().statusCode(200);
    }

    @Test
    void tells_browsers_never_to_come_back_without_tls_but_only_over_tls() {
        assertThat(Http.nobody().get("/signin").header("Strict-Transport-Security"))
                .isNull();
        assertThat(Http.nobody()
                        .header("X-Forwarded-Proto", "https")
                        .get("/signin")
                        .header("Strict-Transport-Security"))
                .isEqualTo("max-age=63072000");
    }

    @Test
    void closes_what_no_page_uses() {
        Response answer = Http.nobody().get("/signin");

        assertThat(answer.header("Permissions-Policy")).contains("camera=()", "geolocation=()");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
    }
}
