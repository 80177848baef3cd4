package dev.switchback.edit;

import dev.switchback.shape.ListShape;
import dev.switchback.shape.MapShape;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.ObjectShape.Choice;
import dev.switchback.shape.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the names and the choices of a shape mean for a form. Pure functions. */
final class Meant {

    /** Entries that have a card of their own, can be folded, and count even while nothing is typed in them. */
    private static final Set<String> CARDS = Set.of("step", "metric", "settingsSource", "plan", "hold", "load");

    private Meant() {}

    /** The members of which one says what the thing is: its action, its source. */
    static Optional<Choice> kinds(ObjectShape shape) {
        return shape.choices().stream()
                .filter(choice -> choice.names().stream()
                        .allMatch(name -> shape.members().get(name).shape() instanceof ObjectShape))
                .findFirst();
    }

    /** The names of those members; empty when there are none. */
    static List<String> kindNames(ObjectShape shape) {
        return kinds(shape).map(Choice::names).orElse(List.of());
    }

    /** Where somebody puts it right that nothing, or too much, of what exclude one another is said. */
    static Optional<String> choosing(ObjectShape shape, String field) {
        if (kinds(shape).isPresent()) {
            return Optional.of(field + Fields.KIND);
        }
        return shape.choices().stream()
                .findFirst()
                .map(choice -> member(field, choice.names().get(0)));
    }

    static boolean isCard(Shape shape) {
        return shape instanceof ObjectShape object && CARDS.contains(object.name())
                || Control.of(shape) == Control.KINDS;
    }

    /** Where somebody begins to type in an entry of a list. */
    static String firstField(Shape list, String entry) {
        if (list instanceof MapShape) {
            return entry + Fields.NAME;
        }
        if (!(((ListShape) list).item() instanceof ObjectShape item)) {
            return entry;
        }
        return Stream.of("title", "name")
                .filter(item.members()::containsKey)
                .findFirst()
                .map(name -> member(entry, name))
                .orElseGet(() -> kinds(item).isPresent()
                        ? entry + Fields.KIND
                        : member(entry, item.members().keySet().iterator().next()));
    }

    /** The field of a member. */
    static String member(String field, String name) {
        return field.isEmpty() ? name : field + "." + name;
    }

    /** The field of an entry. */
    static String entry(String field, int number) {
        return field + "[" + number + "]";
    }
}
