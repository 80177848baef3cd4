package dev.switchback.hostile;

import static dev.switchback.Http.token;

import dev.switchback.Http;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that mean harm: each is refused in these words, and nothing of it is kept. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class HostileFilesApiTest {

    private static final String ENVIRONMENT = "apiVersion: switchback/v1\nkind: Environment\nname: N\ntier: staging\n";
    private static final String MIGRATION = "apiVersion: switchback/v1\nkind: Migration\nkey: hostile\ntitle: T\n"
            + "service: s\nowner: o\nexpected: e\nrollbackNote: r\n";
    private static String program;

    @Inject
    DataSource database;

    /**
     * A file, and what is said of it.
     *
     * @param what the trick, in a few words
     * @param file the text
     * @param status which status
     * @param detail which words
     */
    record Case(String what, String file, int status, String detail) {
        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeEach
    void make() {
        if (program == null) {
            program = Http.admin()
                    .contentType(ContentType.JSON)
                    .body("{\"name\": \"hostile files\"}")
                    .post("/api/v1/tokens")
                    .path("token");
        }
    }

    private static Case key(String what, String key, int status, String detail) {
        return new Case("key: " + what, ENVIRONMENT + "key: " + key + "\n", status, detail);
    }

    private static Case environment(String what, String member, int status, String detail) {
        return new Case(what, ENVIRONMENT + "key: hostile\n" + member + "\n", status, detail);
    }

    private static Case migration(String what, String members, int status, String detail) {
        return new Case(what, MIGRATION + members + "\n", status, detail);
    }

    static Stream<Case> keys() {
        return Stream.of(
                key("a path", "../../etc/passwd", 422, "“key” is “../../etc/passwd”"),
                key("a line end", "\"a\\r\\nSet-Cookie: b\"", 422, "“key” is “a Set-Cookie: b”"),
                key("NUL", "\"a\\0b\"", 422, "“key” contains the character U+0000"),
                key("a Cyrillic letter", "\"\u0430dmin\"", 422, "“key” is “аdmin”"),
                key("a zero width space", "\"a\u200bb\"", 422, "“key” is “a​b”"),
                key(
                        "an override of direction",
                        "\"a\u202eb\"",
                        422,
                        "The file contains the invisible character U+202E"),
                key("a sign that normalises to another", "\"\u212bngstrom\"", 422, "“key” is “Ångstrom”"),
                key("full width letters", "\"\uff41dmin\"", 422, "“key” is “ａdmin”"),
                key("an element", "<script>", 422, "“key” is “<script>”"),
                key("a statement", "\"x'; DROP TABLE run; --\"", 422, "“key” is “x'; DROP TABLE run; --”"),
                key("a command", "$(id)", 422, "“key” is “$(id)”"),
                key("a template", "\"{cdi:caller}\"", 422, "“key” is “{cdi:caller}”"),
                key("a list", "[a, b]", 422, "“key” is not text"),
                key("an object", "{a: b}", 422, "“key” is not text"),
                key("a number beyond all", "1e999", 422, "“key” is a number with too many digits"),
                key("no number", ".nan", 422, "“key” is not a finite number"),
                key("half a character", "\"\\ud800\"", 422, "“key” contains the character U+D800"),
                key("twice", "a\nkey: b", 422, "Duplicate key “key”, first on line 5"),
                key("a class", "!!java.net.URL [\"http://evil\"]", 422, "A tag (!): they are not supported"),
                key("a hundred thousand letters", "a".repeat(100_000), 422, "“key” has 100000 characters"));
    }

    static Stream<Case> members() {
        return Stream.of(
                environment("a list for a text", "owner: [x]", 422, "“owner” is not text"),
                environment("a number for an object", "variables: 7", 422, "“variables” is a number (7)"),
                environment(
                        "the search path of commands",
                        "variables: {PATH: /evil}",
                        422,
                        "The name “PATH” cannot be used here"),
                environment(
                        "a library to load",
                        "variables: {LD_PRELOAD: /evil.so}",
                        422,
                        "The name “LD_PRELOAD” cannot be used here"),
                environment("a member nobody knows", "unknown: 1", 422, "Unknown key “unknown”"),
                environment("no editors", "editors: []", 422, "“editors” is an empty list"),
                environment("editors that are an object", "editors: {a: b}", 422, "“editors” is a mapping"),
                environment(
                        "an alias",
                        "variables: &x {a: b}\ngates: *x",
                        422,
                        "2 problems, the first: An anchor (&): they are not supported"),
                environment("a merge key", "<<: {tier: production}", 422, "A merge key (<<): they are not supported"),
                environment(
                        "a tag",
                        "variables: !!python/object:os.system {a: b}",
                        422,
                        "A tag (!): they are not supported"),
                environment(
                        "objects five thousand deep",
                        "variables: " + "{a: ".repeat(5000) + "}".repeat(5000),
                        422,
                        "More than 20 lists and mappings inside one another"),
                environment(
                        "lists twenty thousand deep",
                        "variables: " + "[".repeat(20_000),
                        422,
                        "More than 20 lists and mappings inside one another"),
                environment(
                        "a directory with NUL",
                        "targets: {host: {kind: shell, directory: \"/tmp\\0/x\"}}",
                        422,
                        "“directory” contains the character U+0000"),
                environment(
                        "a file as an address",
                        "targets: {api: {kind: http, url: \"file:///etc/passwd\"}}",
                        422,
                        "“url” is not written as it must be"),
                environment(
                        "an address with a line end",
                        "targets: {api: {kind: http, url: \"http://a/\\r\\nb: c\"}}",
                        422,
                        "“url” is not written as it must be"),
                environment(
                        "a header with a line end",
                        "targets: {api: {kind: http, url: \"http://a\", headers: {X-Evil: \"a\\r\\nb: c\"}}}",
                        422,
                        "“X-Evil” is not written as it must be"),
                migration(
                        "an element as a title twice",
                        "title: <script>",
                        422,
                        "Duplicate key “title”, first on line 4"),
                migration("no steps that are a text", "steps: none", 422, "“steps” is text"),
                migration(
                        "a request of two lines",
                        "steps:\n  - {id: a, title: A, phase: change, noRollback: x, http: {target: api, request:"
                                + " \"GET / HTTP/1.1\\r\\nX-Evil: b\"}}",
                        422,
                        "“request” is “GET / HTTP/1.1 X-Evil: b”"),
                migration(
                        "a method nobody knows",
                        "steps:\n  - {id: a, title: A, phase: change, noRollback: x, http: {target: api, request:"
                                + " \"CONNECT evil.example:443\"}}",
                        422,
                        "“request” is “CONNECT evil.example:443”"),
                migration(
                        "an address in place of a path",
                        "steps:\n  - {id: a, title: A, phase: change, noRollback: x, http: {target: api, request:"
                                + " \"GET http://evil.example/\"}}",
                        422,
                        "“request” is “GET http://evil.example/”"),
                migration(
                        "a step that goes up",
                        "steps:\n  - {id: ../a, title: A, phase: change, noRollback: x, wait: {for: 1s}}",
                        422,
                        "“id” is “../a”"),
                migration(
                        "two steps of one name",
                        "steps:\n  - {id: a, title: A, phase: change, noRollback: x, wait: {for: 1s}}\n"
                                + "  - {id: a, title: A, phase: change, noRollback: x, wait: {for: 1s}}",
                        422,
                        "The step id “a” is used twice: steps[0].id has it"),
                migration(
                        "a wait of all time",
                        "steps:\n  - {id: a, title: A, phase: change, noRollback: x, wait: {for: 99999999999999999d}}",
                        422,
                        "“for” is “99999999999999999d”"),
                migration(
                        "a link that is code",
                        "links: [{title: x, url: \"javascript:alert(1)\"}]",
                        422,
                        "“url” is “javascript:alert(1)”"));
    }

    static Stream<Case> wholes() {
        return Stream.of(
                new Case(
                        "a billion laughs",
                        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n",
                        422,
                        "16 problems, the first: An anchor (&): they are not supported"),
                new Case(
                        "XML with an entity",
                        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
                        422,
                        "The document is text"),
                new Case(
                        "control characters",
                        "\u0000\u0001\u0002",
                        422,
                        "The file contains the invisible character U+0000"),
                new Case("a tab for blanks", "- - - -\n\t- x", 422, "A tab where YAML wants spaces"),
                new Case("nothing", "", 422, "The file has no document"),
                new Case("only a mark of byte order", "\ufeff", 422, "The file begins with a byte order mark"),
                new Case(
                        "a directive",
                        "%YAML 9.9\n---\na: b\n",
                        422,
                        "3 problems, the first: The document could not be read"),
                new Case(
                        "a thousand documents",
                        "---\na: b\n".repeat(1000),
                        422,
                        "501 problems, the first: “kind” is missing"),
                new Case("more than 5 MiB", "#".repeat(5 * 1024 * 1024 + 1), 413, "The file has 5242881 bytes"),
                new Case(
                        "one that is fine and one that is not",
                        ENVIRONMENT + "key: hostile-fine\n---\n" + ENVIRONMENT + "key: Not Fine\n",
                        422,
                        "“key” is “Not Fine”"));
    }

    static Stream<Case> files() {
        return Stream.of(keys(), members(), wholes()).flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("files")
    void refuses_a_hostile_file_and_keeps_nothing_of_it(Case each) throws SQLException {
        Untouched before = Untouched.before(database);

        Response answer = token(program)
                .contentType("application/yaml")
                .body(each.file().getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/import");

        Refused.toProgram(answer, each.status(), each.detail());
        before.isStill(each.what());
    }

    /** Bytes that are no text in any of the encodings. */
    static Stream<byte[]> bytes() {
        return Stream.of(
                new byte[] {(byte) 0xc3, 0x28},
                new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {(byte) 0xc0, (byte) 0xaf});
    }

    @ParameterizedTest
    @MethodSource("bytes")
    void refuses_a_file_that_is_no_text(byte[] file) throws SQLException {
        Untouched before = Untouched.before(database);

        Response answer =
                token(program).contentType("application/yaml").body(file).post("/api/v1/import");

        Refused.toProgram(answer, 422, "The file is not UTF-8");
        before.isStill("bytes");
    }
}
