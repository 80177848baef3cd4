package dev.switchback.web;

/**
 * One line of a list of facts.
 *
 * @param label what it is
 * @param text what it says
 * @param isCode whether it is shown as it would be typed
 */
public record Fact(String label, String text, boolean isCode) {

    public static Fact code(String label, String text) {
        return new Fact(label, text, true);
    }

    public static Fact words(String label, String text) {
        return new Fact(label, text, false);
    }
}
