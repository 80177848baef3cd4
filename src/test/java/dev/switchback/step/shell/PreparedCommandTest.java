package dev.switchback.step.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A command that was started early does nothing until it may, and then exactly what it would have done otherwise. */
@EnabledOnOs(OS.LINUX)
class PreparedCommandTest {

    /** A server for a moment: says which command waits, and stays until it is killed. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws Exception {
            var command = bash(Path.of(arguments[0]), "touch began", Map.of("PATH", ShellEnvironment.PATH));
            System.out.println(PreparedCommand.start(command)
                    .orElseThrow()
                    .process()
                    .handle()
                    .pid());
            System.in.read();
        }
    }

    @TempDir
    Path directory;

    private static ShellCommand bash(Path directory, String code, Map<String, String> environment) {
        return new ShellCommand(
                List.of(ShellStepExecutor.bash().orElseThrow(), "-euo", "pipefail", "-c", code),
                directory.toFile(),
                environment);
    }

    private ShellCommand bash(String code) {
        return bash(directory, code, Map.of("PATH", ShellEnvironment.PATH));
    }

    private static PreparedCommand prepared(ShellCommand command) {
        assertThat(PreparedCommand.fits(command)).isTrue();
        return PreparedCommand.start(command).orElseThrow();
    }

    private static StartedProcess begun(ShellCommand command) {
        return prepared(command).begin().orElseThrow();
    }

    private static StartedProcess ordinary(ShellCommand command) {
        return StartedProcess.now(command);
    }

    private static String printed(StartedProcess started) throws IOException, InterruptedException {
        String out = text(started.out()) + text(started.err());
        return out + started.await();
    }

    /** A pipe has no length and no place, which a stream of a file asks for. */
    private static String text(InputStream pipe) throws IOException {
        return new String(new BufferedInputStream(pipe).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void isGone(ProcessHandle process) {
        await().atMost(20, TimeUnit.SECONDS).until(() -> !process.isAlive());
    }

    @Test
    void has_the_environment_the_place_and_the_names_that_an_ordinary_process_has() throws Exception {
        String look = "pwd; echo \"$0 $# $- $? $LINENO\"; env | sort; set | sed 's/=.*//' | sort | tr '\\n"
                + "' ' '; tr '\\0' '\\n"
                + "' </proc/$$/environ | sort; declare -p PWD OLDPWD SHLVL || true\n"
                + "cat; echo $LINENO\n"
                + "none";
        var command = bash(
                directory,
                look,
                Map.of("PATH", ShellEnvironment.PATH, "LANG", "C.UTF-8", "region", "eu", "SWITCHBACK_MARK", "m"));

        assertThat(printed(begun(command))).isEqualTo(printed(ordinary(command)));
    }

    @Test
    void is_the_first_of_a_session_and_a_group_of_its_own() throws Exception {
        var started = begun(bash("cut -d' ' -f5,6 /proc/$$/stat; echo $$; cat"));
        long id = started.handle().pid();

        assertThat(printed(started)).isEqualTo(id + " " + id + "\n" + id + "\n0");
    }

    @Test
    void gets_nothing_that_the_server_has_open() throws Exception {
        try (var open = new java.io.FileOutputStream(directory.resolve("open").toFile())) {
            open.write('x');
            // The three that it must have, and the directory that is being read.
            var look = bash("set -- /proc/$$/fd/*; echo $#");

            assertThat(printed(begun(look))).isEqualTo("4\n0");
            assertThat(printed(ordinary(look))).isEqualTo("4\n0");
            assertThat(printed(StartedProcess.byTheJdk(look))).isEqualTo("4\n0");
        }
    }

    @Test
    void does_nothing_before_it_may_and_nothing_when_it_is_given_up() throws Exception {
        PreparedCommand given = prepared(bash("touch began"));
        PreparedCommand half = prepared(bash("touch began"));
        half.input().write(' ');

        given.close();
        half.close();

        assertThat(given.process().await()).isEqualTo(126);
        assertThat(half.process().await()).isEqualTo(126);
        assertThat(directory.resolve("began")).doesNotExist();
    }

    @Test
    void does_nothing_when_its_server_is_killed() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var says = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle waiting =
                    ProcessHandle.of(Long.parseLong(says.readLine())).orElseThrow();
            assertThat(waiting.isAlive()).isTrue();

            server.destroyForcibly();

            isGone(waiting);
            assertThat(directory.resolve("began")).doesNotExist();
        }
    }

    @Test
    void one_that_was_killed_while_it_waited_is_started_in_the_ordinary_way() throws Exception {
        PreparedCommand killed = prepared(bash("touch began"));
        killed.process().handle().destroyForcibly();
        assertThat(killed.process().await()).isEqualTo(137);

        assertThat(killed.begin()).isEmpty();
        assertThat(directory.resolve("began")).doesNotExist();
    }

    @Test
    void does_not_begin_in_a_directory_that_was_replaced_meanwhile() throws Exception {
        Path one = Files.createDirectory(directory.resolve("one"));
        Path two = Files.createDirectory(directory.resolve("two"));
        Path current = Files.createSymbolicLink(directory.resolve("current"), one);
        ShellCommand command = bash(current, "touch began", Map.of("PATH", ShellEnvironment.PATH));
        PreparedCommands.HERE.prepare(command);
        Files.delete(current);
        Files.createSymbolicLink(current, two);

        assertThat(printed(StartedProcess.of(command))).isEqualTo("0");

        assertThat(one.resolve("began")).doesNotExist();
        assertThat(two.resolve("began")).exists();
    }

    @Test
    void a_mistake_in_the_first_line_is_told_as_ever() throws Exception {
        ShellCommand wrong = bash("if true; fi");
        PreparedCommands.HERE.prepare(wrong);
        String says = printed(StartedProcess.of(wrong));

        assertThat(says)
                .isEqualTo(printed(ordinary(wrong)))
                .contains("line 1: syntax error")
                .endsWith("2");
    }

    @Test
    void what_needs_the_name_that_the_gate_needs_is_not_prepared() {
        assertThat(PreparedCommand.fits(bash(directory, "true", Map.of("REPLY", "yes"))))
                .isFalse();
        assertThat(PreparedCommand.fits(
                        new ShellCommand(List.of("/bin/bash", "/tmp/script.sh"), directory.toFile(), Map.of())))
                .isFalse();
    }

    @Test
    void says_how_its_command_ended_also_by_a_signal() throws Exception {
        assertThat(begun(bash("exit 7")).await()).isEqualTo(7);
        assertThat(begun(bash("kill -KILL $$")).await()).isEqualTo(137);
    }

    @Test
    void each_run_gets_its_own_and_none_waits_for_long() throws Exception {
        String all = IntStream.range(0, 30)
                .parallel()
                .mapToObj(i -> {
                    ShellCommand mine = bash(directory, "echo $n", Map.of("PATH", ShellEnvironment.PATH, "n", "" + i));
                    PreparedCommands.HERE.prepare(mine);
                    PreparedCommands.HERE.prepare(bash(
                            directory, "touch began; echo wrong", Map.of("PATH", ShellEnvironment.PATH, "n", "" + i)));
                    try {
                        return printed(StartedProcess.of(mine)).split("\n")[0];
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
                        .noneMatch(
                                child -> child.info().commandLine().orElse("").contains("touch began; echo wrong")));
        assertThat(directory.resolve("began")).doesNotExist();
    }
}
