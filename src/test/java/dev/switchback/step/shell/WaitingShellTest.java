package dev.switchback.step.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A shell that waits becomes exactly what a process that is started in the ordinary way would be. */
@EnabledOnOs(OS.LINUX)
class WaitingShellTest {

    /** A server for a moment: says which shell waits, and stays until it is killed. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws Exception {
            WaitingShell shell = WaitingShell.start().orElseThrow();
            System.out.println(shell.process().pid());
            System.in.read();
        }
    }

    @TempDir
    Path directory;

    private ShellCommand bash(String code, Map<String, String> environment) {
        return new ShellCommand(
                List.of(ShellStepExecutor.bash().orElseThrow(), "-euo", "pipefail", "-c", code),
                directory.toFile(),
                environment);
    }

    private static String printed(StartedProcess started) throws IOException, InterruptedException {
        String out = text(started.out()) + text(started.err());
        assertThat(started.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        return out;
    }

    /** A pipe has no length and no place, which a stream of a file asks for. */
    private static String text(InputStream pipe) throws IOException {
        return new String(new BufferedInputStream(pipe).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static StartedProcess become(ShellCommand command) {
        assertThat(WaitingShell.fits(command)).isTrue();
        return WaitingShell.start().orElseThrow().become(command).orElseThrow();
    }

    private static StartedProcess ordinary(ShellCommand command) throws IOException {
        return StartedProcess.withOwnPipes(command.inItsOwnSession()).orElseThrow();
    }

    @Test
    void has_the_environment_the_place_and_the_names_that_an_ordinary_process_has() throws Exception {
        var environment =
                Map.of("PATH", ShellEnvironment.PATH, "LANG", "C.UTF-8", "region", "eu", "SWITCHBACK_MARK", "m");
        var command = bash(
                "pwd; echo \"$0 $# $- $?\"; env | sort; set | sed 's/=.*//' | sort | tr '\\n' ' ';"
                        + " tr '\\0' '\\n' </proc/$$/environ | sort",
                environment);

        assertThat(printed(become(command))).isEqualTo(printed(ordinary(command)));
    }

    @Test
    void is_the_first_of_a_session_and_a_group_of_its_own() throws Exception {
        var started = become(bash("cut -d' ' -f5,6 /proc/$$/stat; echo $$; cat", Map.of()));
        long id = started.process().pid();

        assertThat(printed(started)).isEqualTo(id + " " + id + "\n" + id + "\n");
    }

    @Test
    void every_value_arrives_as_it_is() throws Exception {
        String evil = "$(touch pwned) `touch pwned`; touch pwned\n\"'\\' '\\'' \\\\ ${x} {a,b} * ~ !! \t\r\u007f";
        String letters =
                IntStream.range(1, 0x900).mapToObj(Character::toString).collect(Collectors.joining()) + "\ud83d\ude00";
        var started = become(bash("printf '%s|%s' \"$evil\" \"$letters\"", Map.of("evil", evil, "letters", letters)));

        assertThat(printed(started)).isEqualTo(evil + "|" + letters);
        assertThat(directory.resolve("pwned")).doesNotExist();
    }

    @Test
    void what_is_too_long_or_means_something_to_the_small_shell_is_started_in_the_ordinary_way() throws Exception {
        String long100 = "x".repeat(100 * 1024 - 1);

        assertThat(WaitingShell.fits(bash("true", Map.of("long", long100)))).isFalse();
        assertThat(WaitingShell.fits(bash("true", Map.of("PWD", "/")))).isFalse();
        WaitingShells.HERE.prepare();
        assertThat(printed(StartedProcess.of(bash("printf %s \"$long\"", Map.of("long", long100)))))
                .isEqualTo(long100);
    }

    @Test
    void says_how_its_command_ended_also_by_a_signal() throws Exception {
        StartedProcess seven = become(bash("exit 7", Map.of()));
        StartedProcess killed = become(bash("kill -KILL $$", Map.of()));

        assertThat(seven.process().waitFor()).isEqualTo(7);
        assertThat(killed.process().waitFor()).isEqualTo(137);
    }

    @Test
    void does_nothing_of_what_it_was_told_in_half() throws Exception {
        WaitingShell shell = WaitingShell.start().orElseThrow();
        shell.orders().write(("{\ntouch " + directory.resolve("half") + "\n").getBytes(StandardCharsets.UTF_8));
        shell.orders().close();

        assertThat(shell.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("half")).doesNotExist();
    }

    @Test
    void one_that_was_killed_while_it_waited_becomes_nothing() throws Exception {
        WaitingShell shell = WaitingShell.start().orElseThrow();
        shell.process().destroyForcibly().waitFor();

        assertThat(shell.isFit()).isFalse();
        assertThat(shell.become(bash("touch began", Map.of()))).isEmpty();
        assertThat(directory.resolve("began")).doesNotExist();
    }

    @Test
    void ends_when_its_server_is_killed() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var says = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle shell =
                    ProcessHandle.of(Long.parseLong(says.readLine())).orElseThrow();
            assertThat(shell.isAlive()).isTrue();

            server.destroyForcibly();

            await().atMost(5, TimeUnit.SECONDS).until(() -> !shell.isAlive());
        }
    }

    @Test
    void steps_of_several_runs_share_the_shells_and_none_waits_for_long() throws Exception {
        String all = IntStream.range(0, 30)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return printed(StartedProcess.of(bash("echo $n", Map.of("n", "" + i))))
                                .strip();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.joining(" "));

        assertThat(all.split(" "))
                .containsExactlyInAnyOrder(
                        IntStream.range(0, 30).mapToObj(Integer::toString).toArray(String[]::new));
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> ProcessHandle.current()
                        .children()
                        .noneMatch(child ->
                                Arrays.stream(child.info().arguments().orElse(new String[0]))
                                                        .count()
                                                == 0
                                        && child.info().command().orElse("").endsWith("dash")));
    }
}
