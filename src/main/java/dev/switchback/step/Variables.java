package dev.switchback.step;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables and how they reach a target: always as values. A variable whose value is {@code secret:NAME} stands for
 * that secret, looked up when it is used. Stateless.
 */
public final class Variables {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]{0,62})\\}");
    private static final Pattern STEERS_THE_INTERPRETER = Pattern.compile("LD_.*|DYLD_.*|BASH.*|PYTHON.*|PERL.*|RUBY.*"
            + "|PS[0-4]|MALLOC_.*|GLIBC_.*|NODE_.*|_?JAVA_.*|JDK_.*|LC_.*PATH");
    private static final Set<String> REFUSED = Set.of(
            "PATH",
            "ENV",
            "IFS",
            "SHELLOPTS",
            "PROMPT_COMMAND",
            "SHELL",
            "CDPATH",
            "GLOBIGNORE",
            "FIGNORE",
            "POSIXLY_CORRECT",
            "GCONV_PATH",
            "LOCPATH",
            "NLSPATH",
            "HOSTALIASES",
            "RES_OPTIONS",
            "TMOUT",
            "CLASSPATH",
            "HISTFILE",
            "EXECIGNORE",
            "FUNCNEST",
            "GIT_SSH",
            "GIT_SSH_COMMAND",
            "GIT_EXEC_PATH",
            "SWITCHBACK_MARK");

    private Variables() {}

    /** Why a name must not reach a process as an environment variable; empty when it may (rule of reading 5). */
    public static Optional<String> refusal(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("\"" + name + "\" is not a name for a variable: expected a letter or _, then up to 62"
                    + " letters, digits or _");
        }
        if (REFUSED.contains(name) || STEERS_THE_INTERPRETER.matcher(name).matches()) {
            return Optional.of("the variable " + name + " would change how programs are found or run: give it another"
                    + " name, or set it inside the command");
        }
        return Optional.empty();
    }

    /**
     * The value of a variable.
     *
     * @throws CouldNotAskException when the environment has no such variable
     */
    public static String value(String name, StepContext context) {
        String value = context.variables().get(name);
        if (value == null) {
            throw new CouldNotAskException(
                    "the variable " + name + " is not set in this environment",
                    "a variable " + name + " in the environment");
        }
        return context.secrets().resolve(value);
    }

    /**
     * Fills the placeholders {@code {name}} of a text.
     *
     * @param encode applied to each value, so that it stays a value in this place
     * @throws CouldNotAskException when a variable is not set
     */
    public static String fill(String template, StepContext context, UnaryOperator<String> encode) {
        if (template.indexOf('{') < 0) {
            return template;
        }
        Matcher place = PLACEHOLDER.matcher(template);
        return place.replaceAll(found -> Matcher.quoteReplacement(encode.apply(value(found.group(1), context))));
    }

    /** Percent-encoded, all but the unreserved characters of RFC 3986: safe anywhere in a URI. */
    public static String percentEncoded(String value) {
        var text = new StringBuilder(value.length() + 8);
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean unreserved =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
            if (unreserved) {
                text.append(c);
            } else {
                text.append('%').append(String.format("%02X", (int) c));
            }
        }
        return text.toString();
    }
}
