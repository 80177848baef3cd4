package dev.switchback.web;

/** Small turns of English. */
public final class Words {

    private Words() {}

    /** The key of a state as a sentence begins: {@code rolled-back} becomes {@code Rolled back}. */
    public static String sentence(String key) {
        return key.isEmpty()
                ? key
                : Character.toUpperCase(key.charAt(0)) + key.substring(1).replace('-', ' ');
    }

    /** {@code 1 step}, {@code 12 steps}, {@code 8,040 probes}. */
    public static String count(long number, String one) {
        return count(number, one, one + "s");
    }

    /** The same for nouns with a plural of their own. */
    public static String count(long number, String one, String many) {
        return "%,d %s".formatted(number, number == 1 ? one : many);
    }
}
