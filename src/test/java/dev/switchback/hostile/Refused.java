package dev.switchback.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Visitor;
import io.restassured.response.Response;
import java.util.Map;

/** The one way in which something is refused: which status, which words, and never a word about what is inside. */
final class Refused {

    private static final Map<Integer, String> TITLES = Map.of(
            400, "The request could not be read",
            403, "Not allowed",
            404, "Not found",
            409, "Not possible in the present state",
            412, "Changed by somebody else meanwhile",
            413, "Too large",
            422, "The content is not valid");

    private static final String[] INNER = {
        "Exception", "at dev.switchback", "dev.switchback.", "SQLSTATE", "org.postgresql", "org.hibernate", "root:x:"
    };

    private Refused() {}

    /** As a program is told it. */
    static void toProgram(Response answer, int status, String detail) {
        String text = answer.asString();
        assertThat(answer.statusCode()).as(text).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("title")).isEqualTo(TITLES.get(status));
        assertThat(answer.jsonPath().getString("detail")).isEqualTo(detail);
        assertThat(answer.jsonPath().getString("expected")).isNotBlank();
        assertThat(text).doesNotContain(INNER);
        hasOurHeadersOnly(answer);
    }

    /** As a person is told it. */
    static void toPerson(Response answer, int status, String detail) {
        String text = answer.asString();
        assertThat(answer.statusCode()).as(text).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(Visitor.heading(text)).isEqualTo(TITLES.get(status));
        assertThat(text).contains(detail).doesNotContain(INNER);
        hasOurHeadersOnly(answer);
    }

    private static void hasOurHeadersOnly(Response answer) {
        assertThat(answer.header("Set-Cookie")).isNull();
        assertThat(answer.header("X-Evil")).isNull();
    }
}
