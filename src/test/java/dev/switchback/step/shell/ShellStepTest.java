package dev.switchback.step.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.step.Attempt;
import dev.switchback.step.Cancellation.Reason;
import dev.switchback.step.Json;
import dev.switchback.step.Outcome;
import dev.switchback.step.Outcome.Result;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutorContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellStepTest extends StepExecutorContract {

    @TempDir
    Path directory;

    private final StepExecutor executor = new ShellStepExecutor(ShellPolicy.ANYWHERE);
    private Attempt attempt;

    @Override
    protected StepExecutor executor() {
        return executor;
    }

    @Override
    protected Attempt attempt() {
        attempt = new Attempt().target("host", "{kind: shell, directory: " + directory + "}");
        return attempt;
    }

    @Override
    protected String ordinary() {
        return "{target: host, command: echo hello}";
    }

    @Override
    protected String endless() {
        return "{target: host, command: sleep 60}";
    }

    @Override
    protected String leaky() {
        return "{target: host, command: 'echo $T; echo $T | base64 >&2', environment: {T: \"secret:TOKEN\"}}";
    }

    @AfterEach
    void leaves_no_process_behind() {
        if (attempt != null) {
            new ProcessTree(ProcessHandle.current(), attempt.mark)
                    .alive().stream()
                            .filter(process ->
                                    process.pid() != ProcessHandle.current().pid())
                            .filter(process -> environment(process).contains(attempt.mark))
                            .forEach(process -> assertThat(process.isAlive())
                                    .as("pid %s is left", process.pid())
                                    .isFalse());
        }
    }

    private static String environment(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc/" + process.pid() + "/environ"), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private Outcome run(String command) {
        return run(command, "");
    }

    private Outcome run(String command, String more) {
        return (attempt == null ? attempt() : attempt).run(executor, action(command, more));
    }

    private static String action(String command, String more) {
        return "{target: host, command: " + com.fasterxml.jackson.databind.node.TextNode.valueOf(command) + more + "}";
    }

    private CompletableFuture<Outcome> startAndAwait(String command, String firstLine) {
        attempt().grace(Duration.ofMillis(300));
        var running = attempt.start(executor, action(command, ""));
        await().until(() -> attempt.log.out().contains(firstLine));
        return running;
    }

    @Test
    void runs_in_the_directory_of_the_target() {
        Outcome outcome = run("pwd");

        assertThat(outcome.value()).contains(directory.toString());
        assertThat(outcome.exitStatus()).contains(0);
    }

    @Test
    void tells_stdout_and_stderr_apart_line_by_line() {
        run("echo one; echo two >&2; printf 'three\\r\\nfour'");

        assertThat(attempt.log.out()).containsExactly("one", "three", "four");
        assertThat(attempt.log.err()).containsExactly("two");
    }

    @Test
    void the_value_is_the_last_line_that_is_not_blank_whatever_the_exit_status() {
        assertThat(run("echo 41; echo 42; echo; echo '  '; exit 3").value()).contains("42");
    }

    @Test
    void fails_on_another_exit_status_with_the_last_words_of_the_command() {
        Outcome outcome = run("echo fine; echo 'no such table' >&2; exit 3");

        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.message()).isEqualTo("exit status 3: no such table");
        assertThat(outcome.expected()).isEqualTo("exit status 0");
        assertThat(outcome.exitStatus()).contains(3);
    }

    @Test
    void a_secret_at_the_place_where_a_message_is_cut_leaves_no_half_of_itself() {
        attempt().secret("TOKEN", SECRET);
        Outcome outcome = run("printf '%0195d%s\\n' 0 \"$T\"; exit 1", ", environment: {T: 'secret:TOKEN'}");

        assertThat(outcome.message()).doesNotContain(SECRET.substring(0, 4));
    }

    @Test
    void accepts_any_of_the_expected_exit_statuses() {
        assertThat(run("exit 3", ", expectExit: [0, 3]").succeeded()).isTrue();
        assertThat(run("exit 0", ", expectExit: 3").expected()).isEqualTo("exit status 3");
        assertThat(run("exit 0", ", expectExit: many").result()).isEqualTo(Result.ERRORED);
    }

    @Test
    void stops_at_the_first_failing_command_of_a_script_unless_it_says_otherwise() {
        assertThat(run("false; echo on").result()).isEqualTo(Result.FAILED);
        assertThat(run("false | true; echo on").result()).isEqualTo(Result.FAILED);
        assertThat(run("echo $NOT_SET; echo on").result()).isEqualTo(Result.FAILED);
        assertThat(run("false; echo $NOT_SET; echo on", ", strict: false").value())
                .contains("on");
    }

    @Test
    void runs_a_script_of_many_lines_also_a_very_long_one() {
        attempt();
        String line = "# " + "x".repeat(100) + "\\n";
        String script = "{target: host, script: \"" + line.repeat(1500) + "echo a\\necho b\\n\"}";

        assertThat(attempt.run(executor, script).value()).contains("b");
    }

    @Test
    void sees_the_variables_and_nothing_of_the_servers_environment() {
        attempt().variable("region", "eu west").secret("K", "key-value");
        attempt.run(executor, action("env | sed 's/=.*//' | sort | tr '\\n' ' '", ", environment: {MORE: 1}"));

        assertThat(attempt.log.out().get(0).split(" "))
                .containsExactlyInAnyOrder(
                        "HOME", "LANG", "MORE", "PATH", "PWD", "SHLVL", "SWITCHBACK_MARK", "_", "region");
    }

    @Test
    void values_are_never_code() throws IOException {
        attempt().variable("evil", "$(touch pwned) `touch pwned`; touch pwned\n\"'");
        attempt.run(executor, action("echo \"$evil\"; printenv evil >copy", ""));

        assertThat(directory.resolve("pwned")).doesNotExist();
        assertThat(Files.readString(directory.resolve("copy"))).startsWith("$(touch pwned) `touch pwned`;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "LD_PRELOAD",
                "BASH_ENV",
                "ENV",
                "IFS",
                "SHELLOPTS",
                "BASHOPTS",
                "PS4",
                "PROMPT_COMMAND",
                "PYTHONPATH",
                "PERL5OPT",
                "RUBYOPT",
                "NODE_OPTIONS",
                "JAVA_TOOL_OPTIONS",
                "BASH_FUNC_x%%",
                "1a",
                "a-b",
                "",
                "SWITCHBACK_MARK"
            })
    void refuses_variables_that_steer_how_programs_run(String name) {
        Outcome outcome = attempt().variable(name, "x").run(executor, ordinary());

        assertThat(outcome.result()).isEqualTo(Result.ERRORED);
        assertThat(outcome.message()).contains(name);
    }

    @Test
    void has_an_empty_stdin() {
        assertThat(run("cat; echo end").value()).contains("end");
    }

    @Test
    void expects_a_text_in_the_output_also_across_lines_and_on_stderr() {
        assertThat(run("echo 'migrated 40 rows' >&2", ", expectOutput: 40 rows").succeeded())
                .isTrue();
        assertThat(run("printf 'a\\nb\\n'", ", expectOutput: \"a\\nb\"").succeeded())
                .isTrue();
        Outcome outcome = run("echo 14 rows", ", expectOutput: 40 rows");
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.expected()).isEqualTo("\"40 rows\" in the output");
    }

    @Test
    void warns_when_the_output_speaks_of_an_error_and_the_exit_status_does_not() {
        Outcome outcome = run("echo ok; echo 'ERROR:  duplicate key' >&2; echo done");

        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.warning()).contains("exit status 0, but the output says: ERROR:  duplicate key");
        assertThat(run("echo java.lang.IllegalStateException: x").warning()).isPresent();
        assertThat(run("echo NO_ERRORS ERRORS=0 Exceptional").warning()).isEmpty();
    }

    @Test
    void a_missing_directory_is_errored() {
        var elsewhere = new Attempt().target("host", "{kind: shell, directory: /nowhere/at/all}");

        assertThat(elsewhere.run(executor, ordinary()).result()).isEqualTo(Result.ERRORED);
    }

    @Test
    void bytes_that_are_no_text_are_replaced_and_long_lines_go_on_in_the_next() {
        run("printf 'a\\xffb\\n'; head -c 70000 /dev/zero | tr '\\0' x");

        assertThat(attempt.log.out()).first().isEqualTo("a�b");
        assertThat(attempt.log.out().stream().skip(1).map(String::length)).containsExactly(65536, 4464);
        assertThat(attempt.log.engine()).contains("64 KiB");
    }

    @Test
    void a_secret_across_the_place_where_a_long_line_is_cut_is_masked() {
        attempt()
                .secret("TOKEN", "t0p-secret-value")
                .run(
                        executor,
                        "{target: host, command: 'head -c 65530 /dev/zero | tr \"\\0\" x; echo \"$T and more\"',"
                                + " environment: {T: \"secret:TOKEN\"}}");

        String all = String.join("", attempt.log.out());
        assertThat(all).hasSize(65530 + 8 + 9).endsWith("x•••••••• and more");
    }

    @Test
    void keeps_what_was_printed_whatever_it_is() {
        run("printf 'dos\\r\\nnul\\0here\\n\\033[31mred\\033[0m\\n10%%\\r100%%\\n\\nno end'");

        assertThat(attempt.log.out())
                .containsExactly("dos", "nul\u0000here", "\u001b[31mred\u001b[0m", "10%\r100%", "", "no end");
    }

    @Test
    void loses_no_line_of_a_large_output() {
        run("seq 200000");

        assertThat(attempt.log.out()).hasSize(200000).endsWith("200000");
    }

    @Test
    void lines_arrive_while_the_command_runs() {
        var running = startAndAwait("echo first; sleep 60; true", "first");
        attempt.cancellation.cancel(Reason.ABORTED);

        assertThat(Attempt.end(running).message()).startsWith("aborted after").contains("TERM; 2 processes ended");
    }

    @Test
    void ends_a_whole_tree_with_term() {
        var running = startAndAwait("(sleep 61 & sleep 62 & wait) & echo up; wait", "up");
        attempt.cancellation.cancel(Reason.TIMEOUT);

        assertThat(Attempt.end(running).message()).startsWith("timed out after").contains("TERM; ");
        leaves_no_process_behind();
    }

    @Test
    void kills_what_ignores_term_after_the_grace_time() {
        var running = startAndAwait("trap '' TERM; echo up; while true; do sleep 0.05; done", "up");
        attempt.cancellation.cancel(Reason.TIMEOUT);

        Outcome outcome = Attempt.end(running);
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.message()).contains("TERM, then KILL after 300 ms");
    }

    @Test
    void ends_children_that_left_the_session_and_their_parents() {
        var running = startAndAwait(
                "setsid bash -c 'trap \"\" TERM; (sleep 63 & ) ; while true; do sleep 0.05; done' & "
                        + "(setsid sleep 64 >/dev/null 2>&1 </dev/null &) ; env -i setsid sleep 65 & echo up; wait",
                "up");
        attempt.cancellation.cancel(Reason.TIMEOUT);
        Attempt.end(running);

        assertThat(ProcessHandle.allProcesses()
                        .filter(ProcessHandle::isAlive)
                        .flatMap(process -> process.info().commandLine().stream())
                        .filter(line -> line.matches(".*sleep 6[345]")))
                .isEmpty();
    }

    @Test
    void does_not_wait_for_a_child_that_holds_the_output_open() {
        long began = System.nanoTime();
        Outcome outcome = run("sleep 30 & echo $! > pid; echo hi");
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(outcome.succeeded()).isTrue();
        assertThat(took).isLessThan(Duration.ofSeconds(3));
        assertThat(attempt.log.out()).containsExactly("hi");
        assertThat(attempt.log.engine()).contains("still runs in the background");
        endChild();
    }

    @Test
    void a_child_left_in_the_background_lives_on_and_may_print() {
        run("(trap '' HUP; sleep 1; echo later; echo later >&2; touch alive) & echo hi");

        await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(directory.resolve("alive")));
        assertThat(attempt.log.out()).containsExactly("hi");
    }

    @Test
    void a_child_that_prints_for_ever_does_not_hold_the_step_up() {
        long began = System.nanoTime();
        run("(while true; do echo x; sleep 0.01; done) & echo $! > pid");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        endChild();
    }

    private void endChild() {
        try {
            long id = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
            ProcessHandle.of(id).ifPresent(child -> {
                child.descendants().forEach(ProcessHandle::destroyForcibly);
                child.destroyForcibly();
                await().until(() -> !child.isAlive());
            });
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void says_which_signal_ended_it() {
        assertThat(run("kill -9 $$").message()).startsWith("ended by signal 9 (exit status 137)");
    }

    @Test
    void describes_itself_by_its_first_line() {
        assertThat(executor.describe(Json.of("{target: host, script: \"\\n echo a\\necho b\"}")))
                .isEqualTo("echo a …");
    }

    @Test
    void refuses_both_command_and_script() {
        assertThat(run("true", ", script: 'true'").message()).isEqualTo("the action has both command and script");
    }

    @Test
    void the_target_is_reachable_when_its_directory_is_there() {
        attempt();
        var check = new dev.switchback.step.TargetChecks(List.of(new ShellTargetCheck(ShellPolicy.ANYWHERE)));

        assertThat(check.check(attempt.targets.get("host"), attempt.context().secrets())
                        .reachable())
                .isTrue();
        var gone = new Attempt()
                .target("host", "{kind: shell, directory: /nowhere}")
                .targets
                .get("host");
        assertThat(check.check(gone, attempt.context().secrets()).reachable()).isFalse();
        var other = new Attempt().target("cache", "{kind: redis}").targets.get("cache");
        assertThat(check.check(other, attempt.context().secrets()).message())
                .contains("cannot be checked by this version yet");
    }
}
