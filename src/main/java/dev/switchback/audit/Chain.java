package dev.switchback.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of the chain: hashes over forms that can be read in one way only. Pure. */
final class Chain {

    /**
     * The key that seals batches, so that who has only the database cannot make new ones.
     *
     * @param secret any text that is hard to guess
     */
    record Key(String secret) {

        private static final String ALGORITHM = "HmacSHA256";

        /** Which key it is, without telling it. */
        String id() {
            return of("switchback audit key").substring(0, 16);
        }

        /** The seal of a hash. */
        String of(String hash) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
                return HexFormat.of().formatHex(mac.doFinal(hash.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has " + ALGORITHM, e);
            }
        }

        /** The key in this setting, if it is one. */
        static Optional<Key> of(Optional<String> setting) {
            return setting.filter(text -> !text.isBlank()).map(Key::new);
        }

        @Override
        public String toString() {
            return "key " + id();
        }
    }

    private Chain() {}

    /** Adds a member whose end cannot be confused with what follows; null is told from empty. */
    static void member(StringBuilder form, String name, Object value) {
        form.append(name).append('=');
        if (value == null) {
            form.append('-');
        } else {
            String text = value.toString();
            form.append(text.getBytes(StandardCharsets.UTF_8).length)
                    .append(':')
                    .append(text);
        }
        form.append('\n');
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What the first batch stands on. */
    static String beginning(String chain) {
        return sha256("switchback audit " + chain);
    }
}
