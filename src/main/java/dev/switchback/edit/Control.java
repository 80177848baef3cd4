package dev.switchback.edit;

import dev.switchback.shape.AnyShape;
import dev.switchback.shape.ChoiceShape;
import dev.switchback.shape.EitherShape;
import dev.switchback.shape.FlagShape;
import dev.switchback.shape.FreeShape;
import dev.switchback.shape.KindShape;
import dev.switchback.shape.ListShape;
import dev.switchback.shape.MapShape;
import dev.switchback.shape.NumberShape;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.ScalarShape;
import dev.switchback.shape.SecretShape;
import dev.switchback.shape.Shape;
import dev.switchback.shape.TextShape;

/** How a value of a shape is typed: one control for each kind of shape, so that whatever a file can say can be typed. */
enum Control {
    /** One line of text. */
    LINE,
    /** Text of several lines. */
    AREA,
    /** A number; what is none is kept as text, so that the check can name it. */
    NUMBER,
    /** Text, a number or a truth value; quotes make it text. */
    SCALAR,
    /** A reference to a secret; anything else is never shown again. */
    SECRET,
    /** One of a few words, or none. */
    CHOICE,
    /** True, false, or not said. */
    FLAG,
    /** Any of a few words. */
    CHECKS,
    /** One entry a line. */
    LINES,
    /** One entry a line; a single one stands for itself. */
    TEXT_OR_LINES,
    /** Numbers and ranges with commas between them; a single one stands for itself. */
    COMMAS,
    /** YAML. */
    YAML,
    /** The only word possible; nobody types it. */
    FIXED,
    /** Fields of its own for each member. */
    OBJECT,
    /** Fields of its own for each entry. */
    LIST,
    /** A name and a value for each entry. */
    MAP,
    /** Fields that depend on a member {@code kind}. */
    KINDS;

    static Control of(Shape shape) {
        if (shape instanceof TextShape text) {
            return isLong(text) ? AREA : LINE;
        }
        if (shape instanceof ChoiceShape choice) {
            return choice.words().size() == 1 ? FIXED : CHOICE;
        }
        if (shape instanceof ListShape list) {
            return of(list);
        }
        if (shape instanceof EitherShape either) {
            return of(either);
        }
        return simple(shape);
    }

    private static Control simple(Shape shape) {
        if (shape instanceof NumberShape) {
            return NUMBER;
        }
        if (shape instanceof ScalarShape) {
            return SCALAR;
        }
        if (shape instanceof SecretShape) {
            return SECRET;
        }
        if (shape instanceof FlagShape) {
            return FLAG;
        }
        if (shape instanceof AnyShape || shape instanceof FreeShape) {
            return YAML;
        }
        return container(shape);
    }

    private static Control container(Shape shape) {
        if (shape instanceof ObjectShape) {
            return OBJECT;
        }
        if (shape instanceof MapShape) {
            return MAP;
        }
        if (shape instanceof KindShape) {
            return KINDS;
        }
        throw new IllegalArgumentException("no control for " + shape);
    }

    private static Control of(ListShape list) {
        Control item = of(list.item());
        return switch (item) {
            case LINE, NUMBER -> LINES;
            case CHOICE -> CHECKS;
            case AREA, OBJECT -> LIST;
            default -> YAML;
        };
    }

    private static Control of(EitherShape either) {
        if (either.alternatives().stream().anyMatch(FreeShape.class::isInstance)) {
            return YAML;
        }
        return either.alternatives().stream().anyMatch(NumberShape.class::isInstance) ? COMMAS : TEXT_OR_LINES;
    }

    private static boolean isLong(TextShape text) {
        return text.pattern().matcher("two\nlines").matches();
    }

    /** Whether the value has fields of its own inside. */
    boolean isContainer() {
        return this == OBJECT || this == LIST || this == MAP || this == KINDS;
    }
}
