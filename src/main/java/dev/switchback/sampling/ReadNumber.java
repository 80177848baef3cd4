package dev.switchback.sampling;

import dev.switchback.step.Action;
import dev.switchback.step.CouldNotAskException;

/** Reads one number of a metric that is asked for numbers. */
interface ReadNumber extends AutoCloseable {

    /**
     * The number, now.
     *
     * @throws CouldNotAskException when there is none: what was said instead, and what would have been right
     */
    double read();

    @Override
    default void close() {}

    /**
     * A text as a number.
     *
     * @throws CouldNotAskException when it is none
     */
    static double number(String text, String who) {
        try {
            double number = Double.parseDouble(text.strip());
            if (!Double.isNaN(number) && !Double.isInfinite(number)) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw notANumber(text, who);
        }
        throw notANumber(text, who);
    }

    private static CouldNotAskException notANumber(String text, String who) {
        return new CouldNotAskException(
                who + " gave \"" + Action.firstLine(text) + "\", which is not a number", "a number");
    }
}
