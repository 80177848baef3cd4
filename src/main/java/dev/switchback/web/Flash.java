package dev.switchback.web;

import jakarta.ws.rs.core.NewCookie;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** One sentence that the next page shows once: carried in a cookie, shown as text, never as markup. */
public final class Flash {

    /** The name of the cookie. */
    public static final String COOKIE = "switchback_flash";

    private static final int AT_MOST = 1500;

    private Flash() {}

    /** The cookie that carries the sentence to the next page. */
    public static NewCookie cookie(String sentence) {
        String cut = sentence.length() > AT_MOST ? sentence.substring(0, AT_MOST) + "…" : sentence;
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(cut.getBytes(StandardCharsets.UTF_8));
        return base().value(value).maxAge(60).build();
    }

    /** The cookie that forgets it. */
    public static NewCookie forget() {
        return base().value("").maxAge(0).build();
    }

    private static NewCookie.Builder base() {
        return new NewCookie.Builder(COOKIE).path("/").httpOnly(true).sameSite(NewCookie.SameSite.LAX);
    }

    /** The sentence in the cookie's value; empty when somebody made the value up. */
    public static Optional<String> read(String value) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8))
                    .filter(text -> !text.isBlank());
        } catch (IllegalArgumentException madeUp) {
            return Optional.empty();
        }
    }
}
