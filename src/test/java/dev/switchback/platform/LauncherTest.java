package dev.switchback.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code switchback}, in a folder that looks like a built checkout, with a Java that only says what it got. */
class LauncherTest {

    @TempDir
    Path folder;

    private Path checkout;

    @BeforeEach
    void copyTheScript() throws IOException {
        checkout = Files.createDirectories(folder.resolve("a checkout"));
        executable(checkout.resolve("switchback"), Files.readString(Path.of("switchback")));
        Files.createDirectories(checkout.resolve("target/quarkus-app"));
        Files.createFile(checkout.resolve("target/quarkus-app/quarkus-run.jar"));
        java("17.0.15");
    }

    @Test
    void help_explains_every_command_and_every_setting() throws Exception {
        Ran help = run("--help");
        assertThat(help.status()).isZero();
        assertThat(help.output())
                .contains(
                        "demo",
                        "start",
                        "stop",
                        "status",
                        "reset-password",
                        "--host",
                        "--port",
                        "--data",
                        "SWITCHBACK_HOST",
                        "SWITCHBACK_PORT",
                        "SWITCHBACK_DATA",
                        "SWITCHBACK_PUBLIC_URL",
                        "SWITCHBACK_ADMIN_PASSWORD",
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "SWITCHBACK_SECRET_<NAME>",
                        "JAVA_HOME");
    }

    @Test
    void refuses_what_it_does_not_know_with_status_2() throws Exception {
        assertThat(run("start", "--prot", "80"))
                .isEqualTo(
                        new Ran(
                                2,
                                "switchback: Unknown option --prot; expected demo, start, stop, status,"
                                        + " reset-password, verify-audit or judge with --host, --port or --data (./switchback --help).\n"));
        assertThat(run("begin").output()).contains("Unknown command begin");
        assertThat(run("start", "stop").status()).isEqualTo(2);
        assertThat(run("start", "--port").output()).contains("--port needs a value");
        assertThat(run().status()).isEqualTo(2);
    }

    @Test
    void names_the_java_it_found_when_that_is_too_old() throws Exception {
        java("11.0.2");
        assertThat(run("start").status()).isEqualTo(1);
        assertThat(run("start").output()).contains("needs Java 17 or newer", "is version 11.0.2");
        java("1.8.0_392");
        assertThat(run("start").output()).contains("is version 1.8.0_392");
    }

    @Test
    void starts_the_application_with_the_same_arguments_from_any_folder_and_through_a_link() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("sb"), checkout.resolve("switchback"));
        String expected = " -jar " + checkout.toRealPath().resolve("target/quarkus-app/quarkus-run.jar")
                + " demo --data a place --port 8090\n";
        for (Ran ran : List.of(
                run("demo", "--data", "a place", "--port", "8090"),
                runAs(link, Map.of(), "demo", "--data", "a place", "--port", "8090"))) {
            assertThat(ran.status()).isZero();
            assertThat(ran.output()).endsWith(expected);
        }
    }

    @Test
    void starts_with_one_class_path_and_trains_the_virtual_machine_once_after_a_build() throws Exception {
        Path app = checkout.resolve("target/quarkus-app");
        for (String jar : List.of("quarkus/generated-bytecode.jar", "app/switchback.jar", "lib/main/a.jar")) {
            Files.createDirectories(app.resolve(jar).getParent());
            Files.createFile(app.resolve(jar));
        }
        Path real = app.toRealPath();
        String expected = " -cp " + real.resolve("quarkus/generated-bytecode.jar") + ":"
                + real.resolve("app/switchback.jar") + ":" + real.resolve("lib/main/a.jar")
                + " dev.switchback.platform.Main start\n";
        assertThat(run("start").output()).contains("Preparing quick starts").endsWith(expected);
        assertThat(run("start").output())
                .contains("-XX:SharedArchiveFile=" + real.resolve("start-17.0.15-17.archive"))
                .doesNotContain("Preparing quick starts")
                .endsWith(expected);
    }

    @Test
    void leaves_the_choice_of_the_garbage_collector_to_who_makes_one() throws Exception {
        assertThat(run("start").output()).contains("-XX:+UseSerialGC");
        assertThat(run(Map.of("SWITCHBACK_JAVA_OPTS", "-XX:+UseZGC -Xmx2g"), "start")
                        .output())
                .contains("-XX:+UseZGC -Xmx2g")
                .doesNotContain("SerialGC");
    }

    @Test
    void leaves_the_choice_of_the_compiler_to_who_makes_one() throws Exception {
        assertThat(run("start").output()).contains("-XX:TieredStopAtLevel=1");
        for (String own : List.of("-XX:TieredStopAtLevel=4", "-XX:-TieredCompilation", "-XX:+TieredCompilation")) {
            assertThat(run(Map.of("SWITCHBACK_JAVA_OPTS", own), "start").output())
                    .contains(own)
                    .doesNotContain("TieredStopAtLevel=1");
        }
    }

    @Test
    void builds_nothing_to_answer_that_nothing_is_running() throws Exception {
        Files.delete(checkout.resolve("target/quarkus-app/quarkus-run.jar"));
        assertThat(run("status").status()).isEqualTo(3);
        assertThat(run("stop").status()).isZero();
        assertThat(run("reset-password").output()).contains("not built yet");
    }

    @Test
    void building_needs_a_compiler() throws Exception {
        Files.delete(checkout.resolve("target/quarkus-app/quarkus-run.jar"));
        assertThat(run("start").output()).contains("Building needs a JDK", "no compiler");
    }

    private void java(String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        executable(bin.resolve("java"), """
            #!/bin/sh
            case "$*" in
                *-version*) echo 'openjdk version "%s" 2025-04-15' >&2; echo '    java.home = %s' >&2 ;;
                *-XX:ArchiveClassesAtExit=*) for each; do case $each in *Exit=*) echo learned >"${each#*=}" ;; esac; done ;;
                *) echo "$@" ;;
            esac
            """.formatted(version, folder));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Ran(int status, String output) {}

    private Ran run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private Ran run(Map<String, String> environment, String... arguments) throws Exception {
        return runAs(checkout.resolve("switchback"), environment, arguments);
    }

    private Ran runAs(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().remove("SWITCHBACK_JAVA_OPTS");
        builder.environment().putAll(environment);
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
