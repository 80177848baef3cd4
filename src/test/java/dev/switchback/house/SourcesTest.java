package dev.switchback.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the source text must and must not say. */
class SourcesTest {

    /** Written apart, so that this file does not find itself. */
    private static final Pattern UNFINISHED = Pattern.compile(
            "\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled\\b" + "|new Unsupported" + "OperationException");

    private static final Pattern SLEEP = Pattern.compile("Thread\\.sl" + "eep\\(|TimeUnit\\.\\w+\\.sl" + "eep\\(");

    /** Where waiting a moment is the work itself, and why. Tests turn the clock or poll. */
    private static final Map<String, String> MAY_SLEEP = Map.ofEntries(
            Map.entry("demo/ShopProcess.java", "asks a starting shop again until it answers"),
            Map.entry(
                    "engine/Engine.java",
                    "gathers news for a moment, and waits before it asks a database again that failed"),
            Map.entry("engine/Heart.java", "beats"),
            Map.entry(
                    "engine/Presence.java",
                    "waits until the row of its predecessor under the same name has fallen silent"),
            Map.entry("engine/WatchProbe.java", "waits before it asks a database again that failed"),
            Map.entry("platform/LocalPostgres.java", "asks a starting or ending PostgreSQL again until it has done so"),
            Map.entry("platform/TrainStart.java", "asks the server that it has started again until it answers"),
            Map.entry("probe/ProbedRun.java", "waits until what was sent is over"),
            Map.entry("probe/Prober.java", "sends at a chosen moment"),
            Map.entry("probe/Probing.java", "looks for runs to be probed now and then"),
            Map.entry("step/shell/ProcessTree.java", "gives processes time to end before they are killed"),
            Map.entry("step/sql/SqlSession.java", "repeats a cancellation until the database has heard it"));

    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("^ {0,4}public (?:(?:abstract|final|sealed|non-sealed|static|strictfp)"
                    + " )*(?:class|interface|record|enum|@interface) (\\w+)");

    private static List<Path> sources() {
        return Stream.concat(Tree.files(Tree.MAIN, ".java").stream(), Tree.files(Tree.TEST, ".java").stream())
                .toList();
    }

    @Test
    void nothing_is_left_for_later() {
        assertThat(sources())
                .noneMatch(file -> UNFINISHED.matcher(Tree.text(file)).find());
    }

    @Test
    void nobody_sleeps_but_where_it_is_the_work() {
        assertThat(sources())
                .filteredOn(file -> SLEEP.matcher(Tree.text(file)).find())
                .allMatch(file -> file.startsWith(Tree.MAIN)
                        && MAY_SLEEP.containsKey(Tree.MAIN.relativize(file).toString()));
    }

    @Test
    void every_room_says_in_one_sentence_what_it_is_for() {
        List<Path> packages = Tree.files(Tree.MAIN, ".java").stream()
                .map(Path::getParent)
                .distinct()
                .toList();
        assertThat(packages).allSatisfy(folder -> {
            Path info = folder.resolve("package-info.java");
            assertThat(Files.exists(info)).as(info.toString()).isTrue();
            assertThat(Tree.text(info)).as(info.toString()).startsWith("/**");
        });
    }

    @Test
    void every_room_stands_in_the_architecture() {
        String architecture = Tree.text(Path.of("docs/architecture.md"));
        assertThat(RoomsTest.ROOMS).allSatisfy(room -> assertThat(architecture).contains("| `" + room + "` |"));
    }

    @Test
    void every_public_type_says_what_it_is() {
        assertThat(Tree.files(Tree.MAIN, ".java").stream().flatMap(SourcesTest::silentTypes))
                .isEmpty();
    }

    private static Stream<String> silentTypes(Path file) {
        List<String> lines = Tree.text(file).lines().toList();
        var silent = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            var type = PUBLIC_TYPE.matcher(lines.get(i));
            if (type.find() && !isDocumented(lines, i)) {
                silent.add(file + ":" + (i + 1) + " " + type.group(1));
            }
        }
        return silent.stream();
    }

    /** Whether a comment ends above, with nothing but annotations between, which may take several lines. */
    private static boolean isDocumented(List<String> lines, int type) {
        for (int i = type - 1; i >= 0; i--) {
            String line = lines.get(i).strip();
            if (line.endsWith("*/")) {
                return true;
            }
            if (line.isEmpty() || line.endsWith(";") || line.endsWith("}")) {
                return false;
            }
        }
        return false;
    }
}
