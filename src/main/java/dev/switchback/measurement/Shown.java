package dev.switchback.measurement;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Figures as people read them: three digits that matter, with their unit. */
final class Shown {

    private static final String NOTHING = "—";

    private Shown() {}

    /** {@code 84 ms}, {@code 8.41 ms}, {@code 1.4 s}; a number without a unit as it is; a dash when there is none. */
    static String value(Double value, String unit) {
        if (value == null) {
            return NOTHING;
        }
        return "ms".equals(unit) ? ms(value) : number(value) + (unit == null ? "" : " " + unit);
    }

    private static String ms(double value) {
        return value >= 1000 ? number(value / 1000) + " s" : number(value) + " ms";
    }

    /** Three digits that matter, commas between the thousands, no zeros at the end. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = Math.abs(value) >= 100
                ? BigDecimal.valueOf(value).setScale(0, RoundingMode.HALF_UP)
                : BigDecimal.valueOf(value).round(new MathContext(3));
        int scale = Math.max(0, rounded.stripTrailingZeros().scale());
        return String.format(Locale.ROOT, "%,." + scale + "f", rounded);
    }

    /** {@code 71 %}; a dash when it is not known. */
    static String share(Double share) {
        return share == null ? NOTHING : number(share * 100) + " %";
    }
}
