package dev.switchback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The command beside the rollback note is one to copy, not a template. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RollbackCommandJourneyTest extends Journey {

    private static final String STEPS =
            "  - {id: one, title: One, phase: change, shell: {target: host, command: touch one}, rollback: {shell:"
                    + " {target: host, command: rm one}}}\n";

    @Test
    void the_command_of_the_rollback_note_takes_the_run_back() throws Exception {
        String key = migration("copied", STEPS);
        long id = start(key, environment("staging"));
        awaitState(id, "succeeded");
        Page page = desktop();
        page.navigate("/migrations/" + key);
        String command =
                page.locator("section[aria-labelledby=way-back] .cmd code").innerText();
        String address = site + "api/v1/runs/" + id + "/rollback";
        assertThat(command).isEqualTo("curl -u admin -X POST " + address);

        assertThat(asCurlSendsIt(address)).isEqualTo(201);
        awaitState(id + 1, "rolled-back");
        assertThat(folder.resolve("one")).doesNotExist();
    }

    private static int asCurlSendsIt(String address) throws Exception {
        String password = "admin:" + TestDatabase.PASSWORD;
        var request = HttpRequest.newBuilder(URI.create(address))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
