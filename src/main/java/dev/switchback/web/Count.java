package dev.switchback.web;

/**
 * How many there are of something, counted no further than it tells anybody anything.
 *
 * @param number at least so many
 * @param andMore whether there may be more
 */
public record Count(long number, boolean andMore) {

    /** None at all. */
    public static final Count NONE = new Count(0, false);

    /**
     * What was counted.
     *
     * @param most what is more than this is not told apart
     * @param unsure whether there may be more than was counted in any case
     */
    public static Count upTo(long most, long counted, boolean unsure) {
        return counted > most ? new Count(most, true) : new Count(counted, unsure);
    }

    /** Both together. */
    public Count plus(Count other) {
        return new Count(number + other.number, andMore || other.andMore);
    }

    /** For people: {@code 7}, or {@code 1,000+}. */
    public String words() {
        return String.format("%,d", number) + (andMore ? "+" : "");
    }
}
