package dev.switchback.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    @Test
    void listens_on_this_machine_only_unless_told_otherwise() {
        CommandLine command = CommandLine.of(List.of(), Map.of());
        assertThat(command.command()).isEqualTo("start");
        assertThat(command.host()).isEqualTo("127.0.0.1");
        assertThat(command.port()).isEqualTo(8080);
        assertThat(command.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(command.database()).isEmpty();
        assertThat(command.url()).isEqualTo("http://127.0.0.1:8080");
    }

    @Test
    void options_win_over_the_environment() {
        var environment = Map.of("SWITCHBACK_PORT", "1", "SWITCHBACK_HOST", "10.0.0.1", "SWITCHBACK_DATA", "/a");
        CommandLine command = CommandLine.of(List.of("demo", "--port=90", "--data", "/b"), environment);
        assertThat(command.port()).isEqualTo(90);
        assertThat(command.data()).isEqualTo(Path.of("/b"));
        assertThat(command.host()).isEqualTo("10.0.0.1");
    }

    @Test
    void names_an_address_that_people_can_go_to() {
        assertThat(CommandLine.of(List.of("--host", "0.0.0.0"), Map.of()).url()).isEqualTo("http://127.0.0.1:8080");
        assertThat(CommandLine.of(List.of("--host", "::1"), Map.of()).url()).isEqualTo("http://[::1]:8080");
        assertThat(CommandLine.of(List.of(), Map.of("SWITCHBACK_PUBLIC_URL", "https://sb.example"))
                        .url())
                .isEqualTo("https://sb.example");
    }

    @Test
    void takes_a_database_of_your_own_and_never_shows_its_password() {
        CommandLine command = CommandLine.of(
                List.of(),
                Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "jdbc:postgresql://db/x?password=hush",
                        "QUARKUS_DATASOURCE_PASSWORD",
                        "hush"));
        assertThat(command.database().orElseThrow().password()).isEqualTo("hush");
        assertThat(command).asString().contains("jdbc:postgresql://db/x").doesNotContain("hush");
    }

    @Test
    void refuses_what_is_no_command_no_option_or_no_port_with_status_2() {
        for (List<String> wrong : List.of(
                List.of("go"),
                List.of("--speed"),
                List.of("--port", "0"),
                List.of("--port", "x"),
                List.of("--port"),
                List.of("start", "stop"),
                List.of("--port", "99999"))) {
            assertThatThrownBy(() -> CommandLine.of(wrong, Map.of()))
                    .as(wrong.toString())
                    .isInstanceOfSatisfying(
                            StartRefused.class,
                            refused -> assertThat(refused.exitStatus()).isEqualTo(2));
        }
    }
}
