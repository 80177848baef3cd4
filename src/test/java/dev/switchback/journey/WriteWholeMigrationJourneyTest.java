package dev.switchback.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.switchback.Http;
import dev.switchback.TestDatabase;
import dev.switchback.exchange.RunbookFileReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The migration of the demo, the largest that there is, is written from nothing in the browser, member by member, and what
 * is kept says what the file of the demo says. Each way of writing it takes most of a minute: the two that have least in
 * common are always walked, the others with {@code -Dswitchback.journeys=all}.
 */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class WriteWholeMigrationJourneyTest extends Journey {

    /** What it may take; somebody needs about 2.5 s for an action, typing or pasting included. */
    private static final int ACTIONS_AT_MOST = 450;

    private static final double SECONDS_AN_ACTION = 2.5;

    private final String key = "whole-" + unique;

    @Test
    void at_a_desk_with_scripts(TestReporter reporter) throws IOException {
        writeWhole(desktop(), true, reporter);
    }

    @Test
    @EnabledIfSystemProperty(named = "switchback.journeys", matches = "all")
    void at_a_desk_without_scripts(TestReporter reporter) throws IOException {
        Page page = nobody(
                new Browser.NewContextOptions().setViewportSize(1360, 900).setJavaScriptEnabled(false));
        signIn(page);
        writeWhole(page, false, reporter);
    }

    @Test
    @EnabledIfSystemProperty(named = "switchback.journeys", matches = "all")
    void on_a_phone_with_scripts(TestReporter reporter) throws IOException {
        writeWhole(phone(true), true, reporter);
    }

    /** WriteMigrationJourneyTest writes a smaller one in this way every time. */
    @Test
    @EnabledIfSystemProperty(named = "switchback.journeys", matches = "all")
    void on_a_phone_without_scripts(TestReporter reporter) throws IOException {
        writeWhole(phone(false), false, reporter);
    }

    private void writeWhole(Page page, boolean scripts, TestReporter reporter) throws IOException {
        ObjectNode demo = demo();
        page.navigate("/migrations/new");
        page.onDialog(dialog -> dialog.accept());
        ByHand hand = new ByHand(page, scripts);
        demo.properties().stream()
                .filter(member -> !List.of("apiVersion", "kind").contains(member.getKey()))
                .forEach(member -> hand.write(member.getKey(), member.getValue()));
        press(page, "Save");
        assertThat(page).hasURL(site + "migrations/" + key);
        assertThat(differences(demo, kept()))
                .as("members that differ, of what was typed and what was kept")
                .isEmpty();
        String effort = "%d actions, %.0f minutes of a person"
                .formatted(hand.actions(), hand.actions() * SECONDS_AN_ACTION / 60);
        reporter.publishEntry("effort", effort);
        assertThat(hand.actions()).as(effort).isLessThanOrEqualTo(ACTIONS_AT_MOST);
    }

    /** The migration as the file of the demo has it, under a key of this test. */
    private ObjectNode demo() throws IOException {
        String file = Files.readString(Path.of("src/main/resources/demo/shop.yaml"));
        ObjectNode demo = read(file.substring(file.lastIndexOf("---\n") + 4));
        return demo.put("key", key);
    }

    private ObjectNode kept() {
        return read(Http.admin()
                .get("/api/v1/migrations/" + key + "/export")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    private static ObjectNode read(String file) {
        var read = RunbookFileReader.read(file);
        assertThat(read.problems()).isEmpty();
        return read.documents().get(0).content();
    }

    private static List<String> differences(JsonNode typed, JsonNode kept) {
        var found = new ArrayList<String>();
        compare("", typed, kept, found);
        return found;
    }

    private static void compare(String place, JsonNode typed, JsonNode kept, List<String> found) {
        if (typed.isObject() && kept.isObject()) {
            var names = new TreeSet<String>();
            typed.fieldNames().forEachRemaining(names::add);
            kept.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(
                    place.isEmpty() ? name : place + "." + name, member(typed, name), member(kept, name), found));
        } else if (typed.isArray() && kept.isArray()) {
            for (int i = 0; i < Math.max(typed.size(), kept.size()); i++) {
                compare(place + "[" + i + "]", typed.path(i), kept.path(i), found);
            }
        } else if (!typed.equals(kept)) {
            found.add(place + ": typed " + shown(typed) + ", kept " + shown(kept));
        }
    }

    private static JsonNode member(JsonNode object, String name) {
        return object.has(name) ? object.get(name) : MissingNode.getInstance();
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
