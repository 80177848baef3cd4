package dev.switchback.verdict.judge1;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Numbers as sentences say them. Rounding happens here and nowhere else. */
final class Figures {

    private static final double SECOND = 1000;

    private Figures() {}

    /** A response time: ms below a second, s above. */
    static String time(double ms) {
        return Math.abs(ms) < SECOND - 0.5 ? number(ms) + " ms" : number(ms / SECOND) + " s";
    }

    /** From one to another, the unit once when it is the same: "341 to 262 ms". */
    static String fromTo(String before, String after) {
        int cut = before.lastIndexOf(' ');
        boolean sameUnit = cut > 0 && after.endsWith(before.substring(cut));
        return (sameUnit ? before.substring(0, cut) : before) + " to " + after;
    }

    /** A number with three digits that count; thousands with a comma. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        String plain = decimals == 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
        return plain.replace('-', '−').replaceAll("^−0$", "0");
    }

    /** A whole number; thousands with a comma. */
    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Percent without its sign and unit: whole from 1 on, one decimal below. */
    static String percent(double share) {
        double percent = Math.abs(share) * 100;
        int decimals = percent >= 0.95 ? 0 : 1;
        String text = BigDecimal.valueOf(percent)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
        return text.equals("0.0") ? "0" : text;
    }

    /** A share of requests: "62 %", "1.2 %". */
    static String share(double share) {
        return points(share) + " %";
    }

    /** Percentage points without sign and unit: one decimal below 10. */
    static String points(double share) {
        double points = Math.abs(share) * 100;
        return BigDecimal.valueOf(points)
                .setScale(points < 9.95 ? 1 : 0, RoundingMode.HALF_UP)
                .toPlainString()
                .replaceAll("\\.0$", "");
    }

    /** A threshold as it was declared: 10 %, 2.5 %. */
    static String limit(double share) {
        return BigDecimal.valueOf(share * 100)
                        .setScale(1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    /** How long: "45 s", "4 min", "1 h 10 min"; rounded up. */
    static String duration(double seconds) {
        if (seconds < 60) {
            return (long) Math.ceil(seconds) + " s";
        }
        long minutes = (long) Math.ceil(seconds / 60 - 1e-9);
        return minutes < 60
                ? minutes + " min"
                : minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }

    /** One thing or several: "1 block", "14 blocks". */
    static String count(long number, String one, String several) {
        return whole(number) + " " + (number == 1 ? one : several);
    }

    /** "a", "a and b", "a, b and c". */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    static String capital(String words) {
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
