package dev.switchback.verdict;

import java.math.BigDecimal;

/**
 * What was declared in advance about an endpoint.
 *
 * @param kind keep it, improve it, let it get worse a little, or only show it
 * @param by how much, 0.2 is 20 % (for shares: 20 points); 0 for keep and informational
 */
public record Intent(Kind kind, double by) {

    /** The four kinds. */
    public enum Kind {
        KEEP,
        IMPROVE,
        MAY_WORSEN,
        INFORMATIONAL
    }

    /** It must not get worse. */
    public static final Intent KEEP = new Intent(Kind.KEEP, 0);

    /** It is shown and decides nothing. */
    public static final Intent INFORMATIONAL = new Intent(Kind.INFORMATIONAL, 0);

    /** It must get better by at least so much. */
    public static Intent improve(double by) {
        return new Intent(Kind.IMPROVE, by);
    }

    /** It may get worse by so much at most. */
    public static Intent mayWorsen(double by) {
        return new Intent(Kind.MAY_WORSEN, by);
    }

    /**
     * Reads what files say: {@code keep}, {@code improve 20%}, {@code may-worsen 5%}, {@code informational}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static Intent of(String text) {
        String[] parts = text.trim().split("\\s+");
        return switch (parts[0]) {
            case "keep" -> KEEP;
            case "informational" -> INFORMATIONAL;
            case "improve" -> improve(share(parts, text));
            case "may-worsen" -> mayWorsen(share(parts, text));
            default -> throw new IllegalArgumentException("There is no intent " + text);
        };
    }

    private static double share(String[] parts, String text) {
        if (parts.length != 2 || !parts[1].endsWith("%")) {
            throw new IllegalArgumentException("The intent " + text + " needs a percentage");
        }
        return new BigDecimal(parts[1].substring(0, parts[1].length() - 1))
                .movePointLeft(2)
                .doubleValue();
    }

    /** As files spell it. */
    public String key() {
        return switch (kind) {
            case KEEP -> "keep";
            case INFORMATIONAL -> "informational";
            case IMPROVE -> "improve " + percent();
            case MAY_WORSEN -> "may-worsen " + percent();
        };
    }

    private String percent() {
        return BigDecimal.valueOf(by).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
