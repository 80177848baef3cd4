package dev.switchback.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the container is not allowed, read from its files: nobody runs a container in this build. */
class ContainerTest {

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(Path.of("docker", file)).stream()
                .map(String::strip)
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @Test
    void runs_as_a_user_with_a_number_and_never_as_root_again() throws IOException {
        List<String> file = lines("Dockerfile");
        int last = file.lastIndexOf("USER 10001:10001");

        assertThat(last)
                .as("a number, so that a cluster can see that it is not root")
                .isPositive();
        assertThat(file.subList(last + 1, file.size()))
                .noneMatch(line -> line.startsWith("USER") || line.startsWith("RUN"));
    }

    @Test
    void owns_nothing_of_what_it_runs_and_asks_for_its_health() throws IOException {
        List<String> file = lines("Dockerfile");

        assertThat(file.stream().filter(line -> line.startsWith("COPY --from=build")))
                .isNotEmpty()
                .allMatch(line -> line.contains("--chown=root:root"));
        assertThat(file).anyMatch(line -> line.startsWith("HEALTHCHECK"));
        assertThat(file).noneMatch(line -> line.startsWith("ADD ") || line.contains(":latest"));
        assertThat(file).noneMatch(line -> line.matches("(?i)(ENV|ARG).*(PASSWORD|TOKEN|SECRET)=.+"));
    }

    @Test
    void writes_only_where_it_has_to_and_gains_no_rights() throws IOException {
        List<String> compose = lines("compose.yaml");

        assertThat(compose)
                .contains("read_only: true", "- /tmp", "- data:/data", "cap_drop: [ALL]")
                .contains("security_opt: [\"no-new-privileges:true\"]")
                .contains("- \"127.0.0.1:8080:8080\"");
        assertThat(compose).noneMatch(line -> line.contains("privileged: true") || line.contains("docker.sock"));
    }
}
