package dev.switchback.comparison;

import dev.switchback.verdict.Numbers;
import dev.switchback.verdict.Numbers.Scale;
import java.util.Locale;

/** Numbers as the page of a comparison writes them: rounded to what a reader can use, units right, true minus signs. */
final class Amounts {

    private static final String NONE = "—";

    private Amounts() {}

    /** A value in its unit: 84 ms, 1.24 s, 71 %, 14. */
    static String value(Double value, String unit) {
        if (value == null || !Double.isFinite(value)) {
            return NONE;
        }
        return switch (unit == null ? "" : unit) {
            case "ms" -> time(value);
            case "share" -> plain(value * 100) + " %";
            case "calls", "" -> plain(value);
            default -> plain(value) + " " + unit;
        };
    }

    /** Milliseconds below a second, seconds above. */
    static String time(double ms) {
        return ms < 1000 ? plain(ms) + " ms" : plain(ms / 1000) + " s";
    }

    /** Three figures that matter, no more. */
    static String plain(double number) {
        double size = Math.abs(number);
        int decimals = Math.abs(size - Math.rint(size)) < 0.005 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return minus(String.format(Locale.ROOT, "%,." + decimals + "f", number));
    }

    private static String minus(String text) {
        return text.startsWith("-") ? "−" + text.substring(1) : text;
    }

    private static String signed(double number) {
        String text = plain(number);
        return text.startsWith("−") || number == 0 ? text : "+" + text;
    }

    /** A change with its interval: −23 % (−28 to −18). */
    static String change(Numbers numbers) {
        if (numbers.change() == null || !Double.isFinite(numbers.change())) {
            return NONE;
        }
        if (numbers.scale() == Scale.EXACT) {
            return numbers.change() == 0 ? "the same in every request" : signed(numbers.change()) + " in every request";
        }
        return signed(numbers.change() * factor(numbers))
                + unit(numbers)
                + (isKnown(numbers.low()) && isKnown(numbers.high())
                        ? " (" + part(numbers.low(), numbers) + " to " + part(numbers.high(), numbers) + ")"
                        : "");
    }

    /** Per cents above ten need no decimals. */
    private static String part(double change, Numbers numbers) {
        double shown = change * factor(numbers);
        return signed(factor(numbers) == 1 || Math.abs(shown) < 10 ? shown : Math.rint(shown));
    }

    private static boolean isKnown(Double number) {
        return number != null && Double.isFinite(number);
    }

    /** The size of a change: 10 %, 1 pt, 0.5. */
    static String size(Double size, Numbers numbers) {
        if (!isKnown(size)) {
            return NONE;
        }
        double shown = size * factor(numbers);
        return plain(factor(numbers) == 1 || shown < 10 ? shown : Math.rint(shown)) + unit(numbers);
    }

    private static double factor(Numbers numbers) {
        return numbers.scale() == Scale.RATIO || numbers.scale() == Scale.POINTS ? 100 : 1;
    }

    private static String unit(Numbers numbers) {
        return numbers.scale() == Scale.RATIO ? " %" : numbers.scale() == Scale.POINTS ? " pt" : "";
    }
}
