package dev.switchback.web;

/**
 * How a state looks: silhouette, word and colour together, because colour alone tells nothing. Immutable.
 *
 * @param icon the symbol of the sprite, without {@code i-}
 * @param word what people read
 * @param tone the class that carries the colour: {@code s-ok, s-run, s-wait, s-fail, s-back, s-unk, s-idle}
 * @param isQuiet whether it is plain text with a small icon: quiet when fine
 */
public record Mark(String icon, String word, String tone, boolean isQuiet) {

    static Mark loud(String icon, String word, String tone) {
        return new Mark(icon, word, tone, false);
    }

    static Mark quiet(String icon, String word, String tone) {
        return new Mark(icon, word, tone, true);
    }

    /** The same silhouette and colour with another word. */
    public Mark saying(String other) {
        return new Mark(icon, other, tone, isQuiet);
    }

    /** Whether the icon turns: only what is running does. */
    public boolean spins() {
        return icon.equals("run");
    }
}
