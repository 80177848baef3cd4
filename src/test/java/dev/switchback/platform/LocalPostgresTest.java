package dev.switchback.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {

    @TempDir
    Path folder;

    @Test
    void keeps_what_was_committed_over_a_restart_on_the_same_port_and_writes_it_through_to_the_disk()
            throws SQLException {
        Path data = folder.resolve("with a space");
        int port;
        try (var first = LocalPostgres.start(data)) {
            port = first.port();
            first.createDatabaseIfMissing("shop");
            first.createDatabaseIfMissing("shop");
            execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
            assertThat(ask(first, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(first, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(first, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        }
        assertThat(LocalPostgres.running(data)).isEmpty();
        try (var second = LocalPostgres.start(data)) {
            assertThat(second.port()).isEqualTo(port);
            assertThat(second.adopted()).isFalse();
            assertThat(ask(second, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void needs_its_password_and_keeps_it_from_other_users() throws IOException {
        try (var server = LocalPostgres.start(folder)) {
            assertThatThrownBy(() -> LocalPostgres.connect(server.jdbcUrl("postgres"), server.user(), "guessed"))
                    .hasMessageContaining("password authentication failed");
            assertThat(Files.getPosixFilePermissions(folder.resolve("postgres.properties")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void takes_over_the_server_that_a_killed_process_left_and_starts_anew_when_that_was_killed_too() throws Exception {
        Process starter = start(folder);
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> LocalPostgres.running(folder).isPresent());
        starter.destroyForcibly().waitFor();
        long orphan = Postmaster.of(folder.resolve("postgres")).orElseThrow().pid();

        var adopted = LocalPostgres.start(folder);
        assertThat(adopted.adopted()).isTrue();
        execute(adopted, "CREATE TABLE kept AS SELECT 42 AS answer");

        ProcessHandle.of(orphan).orElseThrow().destroyForcibly();
        await().until(() ->
                !ProcessHandle.of(orphan).map(ProcessHandle::isAlive).orElse(false));
        try (var fresh = LocalPostgres.start(folder);
                var other = LocalPostgres.start(folder.resolve("other"))) {
            assertThat(fresh.adopted()).isFalse();
            assertThat(other.port()).isNotEqualTo(fresh.port());
            assertThat(ask(fresh, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void is_not_fooled_by_a_process_id_that_belongs_to_somebody_else_now() throws IOException {
        try (var server = LocalPostgres.start(folder)) {
            assertThat(server.port()).isPositive();
        }
        Files.writeString(
                folder.resolve("postgres/postmaster.pid"),
                ProcessHandle.current().pid() + "\n");
        try (var server = LocalPostgres.start(folder)) {
            assertThat(server.adopted()).isFalse();
        }
    }

    @Test
    void names_the_directory_that_cannot_be_written_to_and_the_way_out() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> LocalPostgres.start(file.resolve("data")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("data directory " + file.resolve("data") + " cannot be written to")
                .hasMessageContaining("--data");
    }

    /** Another process that starts the server and then waits, to be killed. */
    static final class Starter {
        public static void main(String[] arguments) throws InterruptedException {
            LocalPostgres.start(Path.of(arguments[0]));
            Thread.currentThread().join();
        }
    }

    private static Process start(Path data) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        data.toString())
                .inheritIO()
                .start();
    }

    private static void execute(LocalPostgres server, String sql) throws SQLException {
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(LocalPostgres server, String sql) throws SQLException {
        try (var connection = server.connect("postgres");
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
