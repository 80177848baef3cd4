package dev.switchback.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Path PAGE = Path.of("docs/runbook-file.md");

    @Test
    void the_documentation_shows_the_limits_that_are_enforced() throws Exception {
        String table = String.join("\n", rows()) + "\n";

        assertThat(Files.readString(PAGE)).endsWith("| what | at most |\n| --- | --- |\n" + table);
    }

    @Test
    void the_documentation_names_every_member_of_the_file() throws Exception {
        String page = Files.readString(PAGE);
        Stream<String> members = Stream.concat(
                RunbookShapes.MIGRATION.members().keySet().stream(),
                RunbookShapes.ENVIRONMENT.members().keySet().stream());

        assertThat(members).allSatisfy(member -> assertThat(page).contains("`" + member + "`"));
        assertThat(RunbookShapes.GATES).allSatisfy(gate -> assertThat(page).contains("`" + gate + "`"));
        assertThat(ActionShapes.of(ActionShapes.STEP_KINDS).values())
                .flatExtracting(action -> action.members().keySet())
                .allSatisfy(member -> assertThat(page).containsPattern("[`{ (]" + member + "[`:}, )]"));
    }

    private static List<String> rows() {
        return Limits.table().stream()
                .map(row -> "| " + row.what() + " | " + row.text() + " |")
                .toList();
    }
}
