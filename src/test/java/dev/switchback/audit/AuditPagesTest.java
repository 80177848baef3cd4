package dev.switchback.audit;

import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The trail for people: who did what, when, from where. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class AuditPagesTest {

    private final String key = "audited-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void shows_who_did_it_and_keeps_the_filter_in_the_address() {
        importFile(Samples.environment(key, "staging", "/tmp"));
        Visitor visitor = Visitor.signedIn();

        String page = visitor.page("/audit?object=" + key);

        assertThat(page)
                .contains("<h1")
                .contains(key)
                .contains("admin")
                .contains("format=csv")
                .contains("value=\"" + key);
        assertThat(visitor.page("/audit?object=" + key + "&actor=nobody-of-this-name"))
                .doesNotContain("environments/" + key);
    }

    @Test
    void what_people_typed_is_text_on_the_page() {
        importFile(Samples.environment(key, "staging", "/tmp").replaceFirst("name: .*", "name: \"<b>bold</b>\""));

        assertThat(Visitor.signedIn().page("/audit?object=%3Cscript%3E")).doesNotContain("<script>");
    }
}
