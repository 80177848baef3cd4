package dev.switchback.edit;

import java.util.List;
import java.util.stream.Stream;

/**
 * One entry of a list.
 *
 * @param id the field
 * @param number its place, from 1
 * @param noun what it is
 * @param title what it is called, for a card
 * @param sub what else tells it apart, for a card
 * @param problems how much is wrong in it
 * @param folded its fields as one text when it is folded, else null
 * @param parts its fields
 * @param left what it does, when it is a step
 * @param right what undoes it, when it is a step
 * @param before the field of the entry before it, or empty for the first
 * @param after the field of the entry behind it, or empty for the last
 * @param first the field where somebody goes on typing after opening it
 * @param count how many entries there are
 * @param action where the form goes
 */
public record FormEntry(
        String id,
        int number,
        String noun,
        String title,
        String sub,
        int problems,
        String folded,
        List<FormPart> parts,
        List<FormPart> left,
        List<FormPart> right,
        String before,
        String after,
        String first,
        int count,
        String action) {

    public boolean isFolded() {
        return folded != null;
    }

    /** Where the button that moved it up stands afterwards, so that it can be pressed again. */
    public String afterUp() {
        return before + (number == 2 ? "~down" : "~up");
    }

    /** Where the button that moved it down stands afterwards. */
    public String afterDown() {
        return after + (number == count - 1 ? "~up" : "~down");
    }

    /** The list that it stands in. */
    public String list() {
        return id.substring(0, id.lastIndexOf('['));
    }

    /** Where somebody goes on typing in a copy of it. */
    public String afterCopy() {
        int bracket = id.lastIndexOf('[');
        String copy = id.substring(0, bracket) + "["
                + (Integer.parseInt(id.substring(bracket + 1, id.length() - 1)) + 1) + "]";
        return copy + first.substring(id.length());
    }

    public boolean isPair() {
        return !right.isEmpty();
    }

    /** Everything in it. */
    public List<FormPart> all() {
        return Stream.of(parts, left, right).flatMap(List::stream).toList();
    }

    /** Which one it is, for a button: {@code step 4}. */
    public String which() {
        return noun + " " + number;
    }

    /** Which one it is, at the beginning of a sentence. */
    public String name() {
        return Character.toUpperCase(noun.charAt(0)) + noun.substring(1) + " " + number;
    }
}
