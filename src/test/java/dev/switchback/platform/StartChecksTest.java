package dev.switchback.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartChecksTest {

    @TempDir
    Path folder;

    @Test
    void a_busy_port_is_named_with_the_way_out_and_nothing_is_started() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ran ran = main(
                    "start",
                    "--port",
                    "" + socket.getLocalPort(),
                    "--data",
                    folder.resolve("data").toString());
            assertThat(ran.status()).isEqualTo(2);
            assertThat(ran.output())
                    .startsWith("switchback: Port " + socket.getLocalPort() + " on 127.0.0.1 cannot be used")
                    .contains("--port");
            assertThat(folder.resolve("data/postgres")).doesNotExist();
        }
    }

    @Test
    void a_database_of_your_own_that_does_not_answer_is_named_without_its_password() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        Ran ran = main(
                Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "jdbc:postgresql://127.0.0.1:" + closed + "/x",
                        "QUARKUS_DATASOURCE_PASSWORD",
                        "hush",
                        "SWITCHBACK_PORT",
                        "" + closed),
                "start",
                "--data",
                folder.toString());
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output())
                .contains("jdbc:postgresql://127.0.0.1:" + closed + "/x cannot be used")
                .doesNotContain("hush");
    }

    @Test
    void status_says_that_nothing_is_running_with_status_3() throws Exception {
        Ran ran = main("status", "--data", folder.toString());
        assertThat(ran).isEqualTo(new Ran(3, "Switchback is not running on " + folder + ".\n"));
    }

    @Test
    void a_second_server_on_the_same_directory_is_refused_naming_the_first() throws Exception {
        DataDirectory data = DataDirectory.prepare(folder);
        try (ServerLock lock = ServerLock.take(data)) {
            RunningServer.here("http://127.0.0.1:8099", "embedded").write(data);
            Ran ran = main("start", "--data", folder.toString());
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.output())
                    .contains(
                            "Another Switchback is already running on " + data.path(),
                            "process id " + ProcessHandle.current().pid(),
                            "http://127.0.0.1:8099");
        }
    }

    @Test
    void a_pid_file_is_not_believed_when_the_process_began_at_another_time() {
        DataDirectory data = DataDirectory.prepare(folder);
        new RunningServer(new ProcessMark(ProcessHandle.current().pid(), Instant.EPOCH), "http://x", "embedded")
                .write(data);
        assertThat(RunningServer.in(data)).isEmpty();
        assertThat(new StopServer(data).run(new PrintStream(new ByteArrayOutputStream())))
                .isZero();
        RunningServer.here("http://x", "embedded").write(data);
        assertThat(RunningServer.in(data)).isPresent();
    }

    @Test
    void private_files_are_read_as_they_were_written() throws IOException {
        Path file = folder.resolve("file");
        Private.write(file, Map.of("url", "http://a:1/#x=y z", "name", "ä\\"));
        assertThat(Private.read(file)).containsEntry("url", "http://a:1/#x=y z").containsEntry("name", "ä\\");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    private record Ran(int status, String output) {}

    private Ran main(String... arguments) throws IOException, InterruptedException {
        return main(Map.of(), arguments);
    }

    private Ran main(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
