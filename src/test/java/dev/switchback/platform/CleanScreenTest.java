package dev.switchback.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the commands print was written by others: it is shown, and the terminal obeys none of it. */
class CleanScreenTest {

    private static final String EVIL = "a\u001b]0;title\u0007b\u009b2Jc\rforged\u202e\ud83d\ude00\udb40\udc41";
    private static final String SHOWN =
            "a\\u001b]0;title\\u0007b\\u009b2Jc\\u000dforged\\u202e\ud83d\ude00\\udb40\\udc41";

    @TempDir
    Path folder;

    static List<Consumer<PrintStream>> ways() {
        return List.of(
                out -> out.print(EVIL),
                out -> out.print((Object) EVIL),
                out -> out.print(EVIL.toCharArray()),
                out -> out.printf("%s", EVIL),
                out -> out.append(EVIL));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void spells_out_what_a_terminal_would_obey(Consumer<PrintStream> way) {
        assertThat(printed(way)).isEqualTo(SHOWN);
    }

    @Test
    void keeps_the_lines_apart_and_lets_no_text_begin_one() {
        assertThat(printed(out -> {
                    out.println("first\nChain whole, 9 entries");
                    out.println();
                    out.print('\u001b');
                    out.println(2);
                }))
                .isEqualTo("first\n    Chain whole, 9 entries\n\n\\u001b2\n");
    }

    @Test
    void status_shows_the_address_and_the_database_of_the_server_as_text() {
        var data = new DataDirectory(folder);
        RunningServer.here("http://" + EVIL, "jdbc:" + EVIL).write(data);

        String said = printed(out -> assertThat(Main.status(
                        CommandLine.of(List.of("status", "--data", folder.toString()), java.util.Map.of()), out))
                .isZero());

        assertThat(said.lines()).hasSize(4).anyMatch(line -> line.equals("  database  jdbc:" + SHOWN));
        assertThat(said).startsWith("Switchback is running at http://" + SHOWN + "\n");
    }

    @Test
    void a_failure_to_start_says_its_reason_as_text() {
        assertThat(StartFailure.words(new IllegalStateException("first\u009b2J\nsecond\u001b[2J")))
                .isEqualTo("switchback: The server could not start: first\\u009b2J\n  second\\u001b[2J");
    }

    private static String printed(Consumer<PrintStream> way) {
        var bytes = new ByteArrayOutputStream();
        var screen = new PrintStream(bytes, true, UTF_8);
        way.accept(new CleanScreen(screen));
        return bytes.toString(UTF_8);
    }
}
