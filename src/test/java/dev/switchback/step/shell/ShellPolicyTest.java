package dev.switchback.step.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.switchback.step.Attempt;
import dev.switchback.step.Cancellation.Reason;
import dev.switchback.step.Json;
import dev.switchback.step.Outcome;
import dev.switchback.step.Outcome.Result;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellPolicyTest {

    @TempDir
    Path root;

    private Path allowed;
    private Path other;

    @BeforeEach
    void directories() throws Exception {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        allowed = Files.createDirectory(root.resolve("allowed"));
        other = Files.createDirectory(root.resolve("other"));
        Files.createDirectory(root.resolve("allowed-not"));
    }

    private Outcome run(ShellPolicy policy, Path directory, String command) {
        return new ShellStepExecutor(policy)
                .execute(
                        Json.of("{target: host, command: '" + command + "'}"),
                        new Attempt()
                                .target("host", "{kind: shell, directory: '" + directory + "'}")
                                .context());
    }

    private static ShellPolicy only(Path... directories) {
        return ShellPolicy.of(true, List.of(directories), Optional.empty());
    }

    @Test
    void runs_nothing_where_commands_are_switched_off() {
        Outcome outcome = run(ShellPolicy.OFF, allowed, "touch made");

        assertThat(outcome.result()).isEqualTo(Result.ERRORED);
        assertThat(outcome.message())
                .isEqualTo("commands on the machine of the Switchback server are switched off"
                        + " (switchback.shell.enabled)");
        assertThat(allowed.resolve("made")).doesNotExist();
    }

    @Test
    void makes_nothing_ready_where_commands_are_switched_off() throws Exception {
        var context = new Attempt()
                .target("host", "{kind: shell, directory: '" + allowed + "'}")
                .context();

        StepExecutor.Preparation made =
                new ShellStepExecutor(ShellPolicy.OFF).prepare(Json.of("{target: host, command: 'true'}"), context);

        assertThat(made).isSameAs(StepExecutor.Preparation.NOTHING);
    }

    @Test
    void says_no_for_the_whole_target_before_a_run_begins() {
        var target = new Target("host", "shell", Json.of("{kind: shell, directory: '" + other + "'}"));

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new ShellStepExecutor(only(allowed)).permit(target))
                .hasMessage("the directory " + other + " of the target host is not allowed on this server");
    }

    @Test
    void runs_in_an_allowed_directory_and_below_it() throws Exception {
        Path below = Files.createDirectory(allowed.resolve("below"));

        assertThat(run(only(allowed), allowed, "pwd").value()).contains(allowed.toString());
        assertThat(run(only(other, allowed), below, "pwd").value()).contains(below.toString());
    }

    @Test
    void refuses_a_directory_that_only_begins_like_an_allowed_one() {
        assertThat(run(only(allowed), root.resolve("allowed-not"), "touch made").result())
                .isEqualTo(Result.ERRORED);
        assertThat(run(only(allowed), allowed.resolve("../other"), "touch made").result())
                .isEqualTo(Result.ERRORED);
        assertThat(other.resolve("made")).doesNotExist();
    }

    @Test
    void refuses_a_link_that_leads_out_of_the_allowed_directory() throws Exception {
        Path link = Files.createSymbolicLink(allowed.resolve("link"), other);

        Outcome outcome = run(only(allowed), link, "touch made");

        assertThat(outcome.result()).isEqualTo(Result.ERRORED);
        assertThat(outcome.message()).endsWith("is not allowed on this server; it leads to " + other.toRealPath());
        assertThat(other.resolve("made")).doesNotExist();
    }

    @Test
    void refuses_a_link_that_was_turned_around_after_it_was_made_ready() throws Exception {
        Path link = Files.createSymbolicLink(allowed.resolve("link"), Files.createDirectory(allowed.resolve("one")));
        var executor = new ShellStepExecutor(only(allowed));
        var context = new Attempt()
                .target("host", "{kind: shell, directory: '" + link + "'}")
                .context();
        var action = Json.of("{target: host, command: touch made}");
        try (var ready = executor.prepare(action, context)) {
            Files.delete(link);
            Files.createSymbolicLink(link, other);

            assertThat(executor.execute(action, context).result()).isEqualTo(Result.ERRORED);
        }
        assertThat(other.resolve("made")).doesNotExist();
    }

    @Test
    void allows_nothing_when_the_allowed_directory_does_not_exist() {
        assertThat(run(only(root.resolve("gone")), allowed, "true").result()).isEqualTo(Result.ERRORED);
    }

    @Test
    void runs_nothing_when_it_cannot_run_as_the_user_that_is_stated() {
        for (String name : List.of("no-such-user-here", "root", "-e", "a b")) {
            Outcome outcome = run(ShellPolicy.of(true, List.of(), Optional.of(name)), allowed, "touch made");

            assertThat(outcome.result()).as(name).isEqualTo(Result.ERRORED);
            assertThat(outcome.message()).as(name).endsWith("(switchback.shell.user)");
        }
        assertThat(allowed.resolve("made")).doesNotExist();
    }

    private static ShellPolicy asNobody() {
        assumeThat(System.getProperty("user.name"))
                .as("only root can become somebody else")
                .isEqualTo("root");
        ShellPolicy policy = ShellPolicy.of(true, List.of(), Optional.of("nobody"));
        assumeThat(policy.trouble()).isEmpty();
        return policy;
    }

    @Test
    void runs_as_another_user_with_its_home_and_without_a_single_capability() {
        String said = run(asNobody(), allowed, "echo $(id -un) $HOME $(grep CapEff /proc/self/status)")
                .value()
                .orElseThrow();

        assertThat(said)
                .startsWith("nobody ")
                .endsWith("CapEff: 0000000000000000")
                .doesNotContain("/root");
    }

    @Test
    void cannot_read_as_another_user_what_is_for_the_server_only() throws Exception {
        Path secret = Files.writeString(allowed.resolve("secret"), "s");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));

        assertThat(run(asNobody(), allowed, "cat secret").result()).isEqualTo(Result.FAILED);
    }

    @Test
    void runs_a_script_as_another_user_that_is_too_long_for_an_argument() {
        String script = "echo " + "x".repeat(150_000) + " >/dev/null; id -un";

        Outcome outcome = run(asNobody(), allowed, script);

        assertThat(outcome.value()).as(outcome.message()).contains("nobody");
    }

    @Test
    void keeps_exit_status_mark_and_prepared_processes_as_another_user() {
        var executor = new ShellStepExecutor(asNobody());
        var attempt = new Attempt().target("host", "{kind: shell, directory: '" + allowed + "'}");
        var action = Json.of("{target: host, command: 'echo $SWITCHBACK_MARK; exit 7', expectExit: 7}");
        executor.prepare(action, attempt.context());

        Outcome outcome = executor.execute(action, attempt.context());

        assertThat(outcome.exitStatus()).contains(7);
        assertThat(outcome.value()).contains(attempt.context().mark());
        assertThat(outcome.succeeded()).isTrue();
    }

    @Test
    void ends_the_whole_tree_of_another_user() {
        ShellPolicy policy = asNobody();
        var attempt = new Attempt().target("host", "{kind: shell, directory: '" + allowed + "'}");
        var context = attempt.context();
        var running = CompletableFuture.supplyAsync(() -> new ShellStepExecutor(policy)
                .execute(Json.of("{target: host, command: 'setsid sleep 300 & sleep 300'}"), context));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> sleepers(context.mark()) == 2);

        context.cancellation().cancel(Reason.ABORTED);

        assertThat(running.join().result()).isEqualTo(Result.FAILED);
        assertThat(sleepers(context.mark())).isZero();
    }

    private static long sleepers(String mark) {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info().command().orElse("").contains("sleep"))
                .filter(each -> {
                    try {
                        return Files.readString(Path.of("/proc/" + each.pid() + "/environ"))
                                .contains(mark);
                    } catch (Exception gone) {
                        return false;
                    }
                })
                .count();
    }
}
