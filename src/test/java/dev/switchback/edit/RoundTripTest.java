package dev.switchback.edit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.exchange.RunbookFileReader;
import dev.switchback.platform.Json;
import dev.switchback.runbook.ContentHash;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.RunbookShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes into the form comes out of it again. */
class RoundTripTest {

    static Stream<ObjectNode> documents() throws IOException {
        String demo = Files.readString(Path.of("src/main/resources/demo/shop.yaml"))
                .replaceAll("@\\w+\\.directory@", "/srv/shop")
                .replaceAll("@\\w+\\.port@", "9");
        String index = Files.readString(Path.of("src/main/resources/demo/index.yaml"));
        String lucky = Files.readString(Path.of("src/main/resources/demo/lucky.yaml"));
        String release = Files.readString(Path.of("src/main/resources/demo/release.yaml"));
        return Stream.of(
                        demo,
                        index,
                        lucky,
                        release,
                        Files.readString(Path.of("src/test/resources/runbooks/contract.yaml")),
                        ODD)
                .flatMap(text -> RunbookFileReader.read(text).documents().stream())
                .map(document -> document.content());
    }

    /** Everything that a careless form would change by looking at it. */
    private static final String ODD = """
        apiVersion: switchback/v1
        kind: Migration
        key: odd
        title: "  Spaces  around  "
        service: shop
        owner: team
        needsReview: true
        expected: "ends with a line\\n"
        rollbackNote: "\\n begins with one, and \\r\\n inside"
        tools: []
        stack: [" a ", b]
        today: {}
        links: []
        assumptions: ["", ]
        attributes: {}
        probe:
          target: web
          request: GET /
          follow: false
          expectStatus: [200]
          slowRequest: {request: GET /report, timeout: 20s, expectStatus: "200"}
          writeThenRead:
            mayWrite: true
            write: {request: "PUT /notes/{probe}", json: {text: "{probe}"}}
            read: {request: "GET /notes/{probe}", expectJson: {text: 1}}
        settings:
          - {name: a, http: {target: web, request: GET /, json: null, headers: {}}, secret: []}
          - {name: b, http: {target: web, request: POST /, json: "1", expectJson: [1, 1.10, {a: null}]}}
          - {name: c, http: {target: web, request: POST /, body: ""}}
        steps:
          - id: one
            title: One
            phase: change
            retries: 0
            idempotent: false
            expectChanges: []
            shell:
              target: host
              command: "a\\n\\n"
              environment: {A: 1, B: "1", C: true, D: "true", E: "", F: " x ", G: "two\\nlines", H: '"quoted"', I: 1.10}
              expectExit: [0]
            appliedWhen: {sql: {target: db, query: SELECT 1, parameters: {}}, is: "1"}
            rollback: {redis: {target: cache, delete: ["a,b"]}, needs: []}
          - {id: two, title: Two, phase: change, kubernetes: {target: k, apply: "kind: Deployment\\nname: x\\n"}, noRollback: x}
          - {id: three, title: Three, phase: change, kubernetes: {target: k, patch: [{a: 1}]}, irreversible: x}
          - {id: four, title: Four, phase: change, redis: {target: k, delete: "*"}}
          - {id: five, title: Five, phase: change, redis: {target: k, delete: [a, b]}}
          - {id: six, title: Six, phase: change, sql: {target: db, statements: ["a\\nb", c], transaction: false}}
        """.replace("assumptions: [\"\", ]", "assumptions: [a, \"b\\nc\"]");

    @ParameterizedTest
    @MethodSource("documents")
    void what_goes_in_comes_out(ObjectNode content) {
        assertThat(back(WriteFields.of(content, shape(content)), content)).isEqualTo(Json.pretty(sorted(content)));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void it_comes_out_of_a_browser_that_sends_its_own_line_ends(ObjectNode content) {
        Fields sent = new Fields();
        WriteFields.of(content, shape(content))
                .all()
                .forEach((name, text) -> sent.put(name, text.replace("\n", "\r\n")));
        assertThat(back(sent, content)).isEqualTo(Json.pretty(sorted(content)));
        assertThat(ContentHash.of(ReadFields.of(sent, shape(content)).content()))
                .isEqualTo(ContentHash.of(content));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void it_comes_out_of_folded_cards(ObjectNode content) {
        Fields open = WriteFields.of(content, shape(content));
        Fields sent = new Fields();
        for (String name : List.copyOf(open.all().keySet())) {
            if (name.endsWith(Fields.CLOSED) && open.has(name)) {
                String card = name.substring(0, name.length() - Fields.CLOSED.length());
                String folded = open.folded(card);
                open.take(card);
                sent.unfold(card, folded);
            }
        }
        open.all().forEach(sent::put);
        assertThat(back(sent, content)).isEqualTo(Json.pretty(sorted(content)));
    }

    @Test
    void samples_are_valid() throws IOException {
        assertThat(documents()).hasSizeGreaterThanOrEqualTo(6);
    }

    private static String back(Fields fields, ObjectNode content) {
        ReadFields.Draft draft = ReadFields.of(fields, shape(content));
        assertThat(draft.problems()).isEmpty();
        return Json.pretty(sorted(draft.content()));
    }

    static ObjectShape shape(ObjectNode content) {
        return content.path("kind").asText().equals("Environment")
                ? RunbookShapes.ENVIRONMENT
                : RunbookShapes.MIGRATION;
    }

    private static JsonNode sorted(ObjectNode content) {
        return dev.switchback.shape.InOrder.of(content, shape(content));
    }
}
