package dev.switchback.environment;

import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import dev.switchback.access.Caller;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a check found is known to every instance. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LastChecksApiTest {

    private final String key = "env-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    LastChecks checks;

    @Inject
    CheckEnvironment check;

    @Inject
    Environments environments;

    private Environment environment() {
        return QuarkusTransaction.requiringNew().call(() -> environments.require(key));
    }

    private CheckEnvironment.Report checked() {
        CheckEnvironment.Report found = check.check(key, Caller.of("test"));
        checks.keep(environment(), found);
        return found;
    }

    @Test
    void a_check_is_read_back_as_it_was_found() {
        importFile(Samples.environment(key, "staging", "/tmp"));
        CheckEnvironment.Report found = checked();

        assertThat(QuarkusTransaction.requiringNew().call(() -> checks.of(environment())))
                .contains(found);
        assertThat(QuarkusTransaction.requiringNew().call(checks::ofAll))
                .containsEntry(environment().id(), found);
        assertThat(Visitor.signedIn().page("/environments")).contains("All answer");
    }

    @Test
    void what_was_found_of_another_revision_says_nothing() {
        importFile(Samples.environment(key, "staging", "/tmp"));
        Environment first = environment();
        CheckEnvironment.Report found = checked();
        importFile(Samples.environment(key, "production", "/tmp"));

        assertThat(QuarkusTransaction.requiringNew().call(() -> checks.of(environment())))
                .isEmpty();
        CheckEnvironment.Report second = checked();
        checks.keep(first, found);
        assertThat(QuarkusTransaction.requiringNew().call(() -> checks.of(environment())))
                .contains(second);
    }
}
