package dev.switchback.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What every template keeps to, so that the strict content security policy and the forms hold everywhere. */
class TemplatesTest {

    private static final Path FOLDER = Tree.RESOURCES.resolve("templates");
    private static final Path ASSETS = Tree.RESOURCES.resolve("META-INF/resources/assets");
    static final List<Path> TEMPLATES = Tree.files(FOLDER, ".html");

    /** Nobody was signed in when these were asked for: there is no token yet, or one that the page is handed. */
    private static final Set<String> WITHOUT_SESSION =
            Set.of("access/sign-in-form.html", "access/signed-in.html", "web/away.html");

    /** Lists are kept as they were written and shown to everybody; see web.KeptLists. */
    static final List<Path> KEPT = TEMPLATES.stream()
            .filter(template -> FOLDER.relativize(template)
                    .toString()
                    .matches("(migration/(list|filters|tabs|views|row)|run/(list|row))\\.html"))
            .toList();

    private static final Pattern STYLE = Pattern.compile("<style\\b|\\sstyle\\s*=", Pattern.CASE_INSENSITIVE);
    private static final Pattern HANDLER = Pattern.compile("\\son[a-z]+\\s*=\\s*[\"'{]", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCRIPT = Pattern.compile("<script\\b([^>]*)>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern POST = Pattern.compile(
            "<form\\b[^>]*method=\"?post\\b.*?(?=</form>|\\z)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern ID = Pattern.compile("\\sid=\"([^\"{}]+)\"");
    private static final Pattern ELSEWHERE =
            Pattern.compile("\\b(?:src|href|action|formaction)=\"?(?:https?:)?//", Pattern.CASE_INSENSITIVE);
    private static final Pattern ELSEWHERE_IN_ASSET =
            Pattern.compile("(?:url\\(|@import|import\\s|fetch\\()\\s*[\"']?(?:https?:)?//");

    @ParameterizedTest
    @FieldSource("TEMPLATES")
    void has_no_inline_style_script_or_handler(Path template) {
        String text = Tree.text(template);
        assertThat(text).doesNotContainPattern(STYLE).doesNotContainPattern(HANDLER);
        assertThat(SCRIPT.matcher(text).results())
                .allMatch(script -> script.group(1).contains("src=\"/assets/")
                        && script.group(2).isBlank());
    }

    @ParameterizedTest
    @FieldSource("TEMPLATES")
    void sends_the_token_of_the_session_with_every_form_that_posts(Path template) {
        if (WITHOUT_SESSION.contains(FOLDER.relativize(template).toString())) {
            return;
        }
        assertThat(POST.matcher(Tree.text(template)).results().map(MatchResult::group))
                .allMatch(form -> form.contains("{#csrf /}"));
    }

    @ParameterizedTest
    @FieldSource("TEMPLATES")
    void gives_an_id_once(Path template) {
        String text = Tree.text(template);
        var seen = new HashMap<String, Integer>();
        assertThat(ID.matcher(text).results()).allSatisfy(id -> {
            Integer before = seen.put(id.group(1), id.end());
            // Of the two branches of a condition only one is ever there.
            assertThat(before == null || text.substring(before, id.start()).contains("{#else"))
                    .as("id " + id.group(1) + " stands twice")
                    .isTrue();
        });
    }

    @ParameterizedTest
    @FieldSource("TEMPLATES")
    void loads_nothing_from_elsewhere(Path template) {
        assertThat(Tree.text(template)).doesNotContainPattern(ELSEWHERE);
    }

    @ParameterizedTest
    @FieldSource("KEPT")
    void what_is_kept_for_everybody_says_nothing_of_one_person_or_request(Path template) {
        assertThat(Tree.text(template)).doesNotContain("cdi:page").doesNotContain("{#csrf");
    }

    @Test
    void assets_load_nothing_from_elsewhere() {
        assertThat(Tree.files(ASSETS, ""))
                .isNotEmpty()
                .allSatisfy(asset -> assertThat(Tree.text(asset)).doesNotContainPattern(ELSEWHERE_IN_ASSET));
    }
}
