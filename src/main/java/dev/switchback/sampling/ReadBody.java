package dev.switchback.sampling;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Reads a body without keeping it: what stays is a keyed hash, and for a moment its text when that must be looked at. */
final class ReadBody implements HttpSender.Body {

    private static final int LONGEST_TEXT = 1024 * 1024;
    private static final int HASH_BYTES = 8;

    private final Mac mac;
    private final ByteArrayOutputStream text;
    private boolean isEmpty = true;

    ReadBody(byte[] key, boolean keepsText) {
        this.mac = keyed(key);
        this.text = keepsText ? new ByteArrayOutputStream() : null;
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public void bytes(byte[] buffer, int offset, int length) {
        isEmpty &= length == 0;
        mac.update(buffer, offset, length);
        if (text != null) {
            text.write(buffer, offset, Math.min(length, LONGEST_TEXT - text.size()));
        }
    }

    /** Null for no body. To be asked once, at the end. */
    String hash() {
        return isEmpty ? null : HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(), HASH_BYTES));
    }

    String text() {
        return text == null ? "" : text.toString(StandardCharsets.UTF_8);
    }
}
