package dev.switchback.access;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Passwords and random tokens: made here, stored as hashes only. Safe for use by several threads. */
public final class Passwords {

    private static final SecureRandom RANDOM = new SecureRandom();
    /** Without the letters and digits that look alike when read aloud. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private Passwords() {}

    /** A password of four groups of five, about 99 bits: {@code k7d2m-…}. */
    public static String generate() {
        var text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            if (i > 0 && i % 5 == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** A password has at least so many characters. */
    public static final int SHORTEST = 12;

    /** bcrypt looks at no more than so many bytes. */
    private static final int LONGEST_BYTES = 72;

    private static final int DIFFERENT_CHARACTERS = 5;

    /** Long enough, but the first that anybody tries; those that only repeat or count are found without a list. */
    private static final Set<String> COMMON = lines("common-passwords.txt");

    /**
     * Why this is not taken as a new password, as a sentence.
     *
     * @param name whose password it is to be
     * @return empty when it is taken
     */
    public static Optional<String> refusal(String name, String password) {
        String small = password.toLowerCase(Locale.ROOT);
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of(
                    "A password has at least " + SHORTEST + " characters; a few words are easy to remember.");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES || password.indexOf('\0') >= 0) {
            return Optional.of("A password has at most " + LONGEST_BYTES + " bytes; what follows would not count.");
        }
        if (name.length() > 2 && small.contains(name.toLowerCase(Locale.ROOT)) || small.contains("switchback")) {
            return Optional.of("The name, or “switchback”, is the first thing that is tried. Choose something else.");
        }
        if (small.chars().distinct().count() < DIFFERENT_CHARACTERS || isCommon(small) || counts(small)) {
            return Optional.of("This is one of the first passwords that are tried. Choose something else.");
        }
        return Optional.empty();
    }

    /** With and without what people append to a common word, digits and signs, and when it is one word twice. */
    private static boolean isCommon(String password) {
        String bare = password.replaceAll("[^\\p{L}\\p{N}]", "");
        String word = bare.replaceAll("^\\d+|\\d+$", "");
        String half = word.substring(0, word.length() / 2);
        return COMMON.contains(bare) || COMMON.contains(word) || word.equals(half + half) && COMMON.contains(half);
    }

    /** {@code 123456789012}, {@code abcdefghijkl}, and the same backwards. */
    private static boolean counts(String password) {
        long steps = IntStream.range(1, password.length())
                .filter(i -> Math.abs(password.charAt(i) - password.charAt(i - 1)) == 1)
                .count();
        return steps >= password.length() - 3;
    }

    private static Set<String> lines(String file) {
        try (InputStream in = Passwords.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bcrypt hash, in modular crypt form. */
    public static String hash(String password) {
        return BcryptUtil.bcryptHash(password);
    }

    static boolean matches(String password, String hash) {
        return BcryptUtil.matches(password, hash);
    }

    /** 256 random bits, safe in a URL and a cookie. */
    static String randomToken() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 in hex: enough for tokens that are random already. */
    static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
