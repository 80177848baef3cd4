package dev.switchback.step.shell;

import dev.switchback.step.Action;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.StepContext;
import dev.switchback.step.Variables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of a command: PATH, HOME, LANG, the variables, its own {@code environment} (which wins), and the mark
 * of the attempt. Nothing of the server's own environment.
 */
final class ShellEnvironment {

    /** The variable that tells which attempt a process belongs to. */
    static final String MARK = "SWITCHBACK_MARK";

    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ShellEnvironment() {}

    /**
     * @throws CouldNotAskException when a name is refused or a value cannot be passed
     * @throws dev.switchback.secret.MissingSecretException when a value refers to a secret that is not configured
     */
    static Map<String, String> of(Action action, StepContext context, Optional<ShellUser> user) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", PATH);
        environment.put("HOME", user.map(ShellUser::home).orElseGet(() -> System.getProperty("user.home", "/")));
        environment.put("LANG", "C.UTF-8");
        context.variables().forEach((name, value) -> add(environment, name, value, context));
        action.named("environment").forEach((name, value) -> add(environment, name, value.asText(), context));
        environment.put(MARK, context.mark());
        return environment;
    }

    private static void add(Map<String, String> environment, String name, String value, StepContext context) {
        Variables.refusal(name).ifPresent(why -> {
            throw new CouldNotAskException(why, "variables that carry values only");
        });
        String resolved = context.secrets().resolve(value);
        if (resolved.indexOf('\0') >= 0) {
            throw new CouldNotAskException(
                    "the value of " + name + " contains a NUL character", "a value that a process can be given");
        }
        environment.put(name, resolved);
    }
}
