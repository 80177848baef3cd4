package dev.switchback.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** The door, as a person meets it. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SignInPagesTest {

    @Test
    void a_wrong_password_keeps_the_name_that_was_typed() {
        Response refused = Visitor.stranger()
                .formParam("name", "somebody\"<b>")
                .formParam("password", "wrong")
                .post("/signin");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.asString())
                .contains("Error: Sign in", "value=\"somebody&quot;&lt;b&gt;\"", "Nothing was changed")
                .doesNotContain("wrong\"");
    }
}
