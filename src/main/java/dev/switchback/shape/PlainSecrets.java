package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds secrets written in plain text where a reference belongs. No message of it contains what it found. */
public final class PlainSecrets {
    public static final String REFERENCE = "secret:[A-Za-z_][A-Za-z0-9_]{0,62}";
    public static final String EXPECTED = "\"secret:NAME\", where NAME is a secret the server knows";
    private static final Pattern REFERENCE_PATTERN = Pattern.compile(REFERENCE);
    private static final Pattern CONFIDENTIAL_HEADER = Pattern.compile(
            ".*(authorization|cookie|token|secret|password|passwd|credential|api-?key|access-?key|private-?key|auth-?key).*"
                    + "|key|x-key|.*-key");
    private static final Pattern USER_AND_PASSWORD = Pattern.compile("//[^/?#@]*:[^/?#]+@|thin:[^@/]+/[^@]+@");
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)[?&;](password|passwd|pwd|sslpassword|token|access_token|api_?key|secret|trustStorePassword|keyStorePassword)=[^&;]");

    private PlainSecrets() {}

    public static boolean isReference(String text) {
        return REFERENCE_PATTERN.matcher(text).matches();
    }

    /** Headers by name: one that usually carries a secret must be a reference. */
    public static void checkHeaders(JsonNode headers, Place place, Report report) {
        headers.properties().forEach(header -> {
            JsonNode value = header.getValue();
            if (isConfidential(header.getKey()) && !isReference(value.asText())) {
                report.add(
                        place.member(header.getKey()),
                        "A secret in plain text: the header “" + Words.cut(header.getKey()) + "”",
                        EXPECTED);
            }
        });
    }

    /** Whether a header of this name usually carries a secret. */
    public static boolean isConfidential(String header) {
        String name = header.strip().toLowerCase(Locale.ROOT);
        return CONFIDENTIAL_HEADER.matcher(name).matches() && !name.contains("idempotency");
    }

    /** The {@code url} of a target: no password inside. */
    public static void checkUrl(JsonNode target, Place place, Report report) {
        String url = target.path("url").asText();
        if (holdsPassword(url)) {
            String expected = target.path("kind").asText().equals("jdbc")
                    ? "a URL without it, and password: \"secret:NAME\""
                    : "a URL without it, or the whole URL as \"secret:NAME\"";
            report.add(place.member("url"), "A password in plain text inside the URL", expected);
        }
    }

    /** Whether there is a password inside a URL. */
    public static boolean holdsPassword(String url) {
        return USER_AND_PASSWORD.matcher(url).find() || PARAMETER.matcher(url).find();
    }
}
