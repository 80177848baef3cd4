package dev.switchback.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Writes content into the form of a migration as a person does: looks for the control that is called like the member,
 * opens what hides it, adds entries by the buttons that one can see, and counts what that took. Types into nothing that
 * cannot be seen.
 */
final class ByHand {

    /** Cards that somebody folds when they are written, so that the page stays short. */
    private static final Set<String> FOLDED_WHEN_DONE = Set.of("metrics", "settings", "plans", "holds", "steps");

    private static final String NONE = "NONE";

    /** Finds what one can see, and scrolls it to where nothing covers it. */
    private static final String LOOK = """
        what => {
          const all = [...document.querySelectorAll(what)];
          const seen = all.find(it => it.checkVisibility());
          seen?.scrollIntoView({block: 'center'});
          return seen ? seen.type === 'checkbox' ? 'CHECKBOX' : seen.tagName : all.length ? 'FOLDED' : 'NONE';
        }\
        """;

    private final Page page;
    private final boolean scripts;
    private int loaded;
    private int actions;

    ByHand(Page page, boolean scripts) {
        this.page = page;
        this.scripts = scripts;
        page.onDOMContentLoaded(fresh -> loaded++);
    }

    /** Fields that were filled or chosen, and things that were pressed. */
    int actions() {
        return actions;
    }

    /** Writes a value where the form has its place for it; null is not written. */
    void write(String field, JsonNode value) {
        String looks = reveal(control(field));
        if (!looks.equals(NONE)) {
            set(field, looks, asTyped(value, looks.equals("TEXTAREA") ? "\n" : ", "));
        } else if (value.isArray()) {
            entries(field, value);
        } else if (value.isObject()) {
            members(field, value);
        } else if (!value.isNull()) {
            throw new AssertionError("The form has nothing to type " + field + " in");
        }
    }

    /** Presses the button that sends this. */
    void press(String button) {
        reveal(button(button));
        actThenWait(() -> seen(button(button)).click());
    }

    private void entries(String list, JsonNode values) {
        for (int i = 0; i < values.size(); i++) {
            String entry = list + "[" + i + "]";
            if (!isThere("[name^='" + entry + "']:not([type=hidden])")) {
                add(list, values.get(i));
            }
            write(entry, values.get(i));
            if (FOLDED_WHEN_DONE.contains(list)) {
                press("close " + entry);
            }
        }
    }

    private void add(String list, JsonNode value) {
        if (isThere(control(list + "~add"))) {
            Locator kinds = seen(control(list + "~add"));
            choose(kinds, kindOf(value, kinds));
        }
        press("add " + list);
    }

    private void members(String object, JsonNode value) {
        if (isThere(control(object + "~kind"))) {
            chooseKind(object + "~kind", value);
        }
        boolean named = isThere(button("add " + object));
        int i = 0;
        for (var member : value.properties()) {
            if (named) {
                pair(object, object + "[" + i++ + "]", member.getKey(), member.getValue());
            } else {
                write(object.isEmpty() ? member.getKey() : object + "." + member.getKey(), member.getValue());
            }
        }
    }

    private void pair(String map, String entry, String name, JsonNode value) {
        if (!isThere(control(entry + "~name"))) {
            press("add " + map);
        }
        write(entry + "~name", TextNode.valueOf(name));
        write(entry, value);
    }

    /** What the form lays out anew when it is chosen; a page without scripts has a button for that. */
    private void chooseKind(String field, JsonNode value) {
        reveal(control(field));
        Locator kinds = seen(control(field));
        String kind = kindOf(value, kinds);
        if (kinds.inputValue().equals(kind)) {
            return;
        }
        if (scripts) {
            actThenWait(() -> kinds.selectOption(kind));
        } else {
            choose(kinds, kind);
            press("show " + field);
        }
    }

    private void choose(Locator select, String option) {
        actions++;
        select.selectOption(option);
    }

    /** The member that says what the thing is. */
    private static String kindOf(JsonNode value, Locator select) {
        List<?> offered = (List<?>) select.evaluate("it => [...it.options].map(option => option.value)");
        for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (offered.contains(name)) {
                return name;
            }
        }
        throw new AssertionError("None of " + offered + " is what " + value + " does");
    }

    private void set(String field, String looks, String text) {
        Locator control = seen(control(field));
        if (isAlready(control, looks, text)) {
            return;
        }
        actions++;
        switch (looks) {
            case "SELECT" -> control.selectOption(text);
            case "CHECKBOX" -> control.setChecked(text.equals("true"));
            default -> control.fill(text);
        }
    }

    /** What the form has filled in by itself is left alone. */
    private static boolean isAlready(Locator control, String looks, String text) {
        return looks.equals("CHECKBOX")
                ? control.isChecked() == text.equals("true")
                : control.inputValue().equals(text);
    }

    /** A list of texts with this between them; whatever has members is typed as YAML. */
    private static String asTyped(JsonNode value, String between) {
        if (value.isValueNode()) {
            return value.asText();
        }
        var entries = StreamSupport.stream(value.spliterator(), false).toList();
        return value.isObject() || entries.stream().anyMatch(JsonNode::isContainerNode)
                ? value.toString()
                : entries.stream().map(JsonNode::asText).collect(Collectors.joining(between));
    }

    private static String control(String field) {
        return "[name='" + field + "']:not([type=hidden])";
    }

    private static String button(String value) {
        return "button[value='" + value + "']";
    }

    private String look(String what) {
        return page.evaluate(LOOK, what).toString();
    }

    private boolean isThere(String what) {
        return !look(what).equals(NONE);
    }

    private Locator seen(String what) {
        return page.locator(what)
                .filter(new Locator.FilterOptions().setVisible(true))
                .first();
    }

    /** Opens what it is folded in, the outermost first; answers what it looks like. */
    private String reveal(String what) {
        String looks = look(what);
        while (looks.equals("FOLDED")) {
            actions++;
            seen("details:not([open]):has(" + what + ") > summary").click();
            looks = look(what);
        }
        return looks;
    }

    /** With scripts the form is locked until the answer is in its place; without them a new page comes. */
    private void actThenWait(Runnable act) {
        actions++;
        int before = loaded;
        act.run();
        if (scripts) {
            page.locator("#main:not([inert])").waitFor();
        } else {
            page.waitForCondition(() -> loaded > before);
        }
    }
}
