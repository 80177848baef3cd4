package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds what looks like a secret in plain text. Its findings never contain what it found. */
final class SecretsInText {
    private static final Pattern NAMED = Pattern.compile(
            "(?i)(password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)\\w{0,30}[\"']?"
                    + "\\s{0,5}[=:]\\s{0,5}(?![\"']?(secret:|:|\\$|\\{|<|\\*|null|true|false|none))"
                    + "([\"'][^\\s\"']{6,200}[\"']|(?!\\d+\\b)(?=[^\\s\"',;&|)]{0,200}\\d)[^\\s\"',;&|)]{6,200})");
    private static final Pattern KNOWN = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"
            + "|\\bAKIA[0-9A-Z]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{36}|\\bxox[baprs]-[A-Za-z0-9-]{10,}"
            + "|(?i)\\bauthorization:\\s*(basic|bearer)\\s+[A-Za-z0-9+/._=-]{8,}|\\beyJ[A-Za-z0-9_-]{10,200}\\.eyJ");
    private static final Pattern USER_AND_PASSWORD = Pattern.compile("[a-z]://[^/\\s:@]+:(?![$:{])[^/\\s:@]{3,}@");
    private static final Pattern NAME =
            Pattern.compile("(?i).*(password|passwd|passphrase|secret|token|api_?key|private_?key)");

    private final List<Finding> findings = new ArrayList<>();

    private SecretsInText() {}

    static List<Finding> in(JsonNode content) {
        SecretsInText search = new SecretsInText();
        search.visit(content, "", "");
        return search.findings;
    }

    private void visit(JsonNode value, String name, String place) {
        if (value.isTextual()) {
            look(value.textValue(), name, place);
        }
        value.properties()
                .forEach(member -> visit(
                        member.getValue(),
                        member.getKey(),
                        place.isEmpty() ? member.getKey() : place + "." + member.getKey()));
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            visit(value.get(i), "", place + "[" + i + "]");
        }
    }

    private void look(String text, String name, String place) {
        boolean named = NAME.matcher(name).matches() && isLiteral(text);
        if (named
                || NAMED.matcher(text).find()
                || KNOWN.matcher(text).find()
                || USER_AND_PASSWORD.matcher(text).find()) {
            findings.add(new Finding(
                    "secret-in-text",
                    Finding.Level.WARNING,
                    place,
                    "This looks like a secret in plain text",
                    "keep it as a secret of the server, refer to it as secret:NAME in an environment or parameters, and"
                            + " change it: it has been written down",
                    null));
        }
    }

    private static boolean isLiteral(String text) {
        return text.length() >= 6 && text.matches("[^\\s${}*:]+");
    }
}
