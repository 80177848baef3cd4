package dev.switchback.secret;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets from the environment of the Switchback server: {@code SWITCHBACK_SECRET_<NAME>}, and from an optional map of
 * further ones by bare name, which wins. Read once, when constructed. An empty value counts as not configured.
 * Immutable, safe for use by several threads.
 */
public final class EnvironmentSecrets implements Secrets {

    /** What the name of an environment variable starts with when it holds a secret. */
    public static final String VARIABLE_PREFIX = "SWITCHBACK_SECRET_";

    private final Map<String, String> byName;

    /** The secrets of this process. */
    public EnvironmentSecrets() {
        this(System.getenv());
    }

    public EnvironmentSecrets(Map<String, String> environment) {
        this(environment, Map.of());
    }

    /**
     * @param environment environment variables; only those with the prefix are read
     * @param extra further secrets by bare name, without the prefix
     */
    public EnvironmentSecrets(Map<String, String> environment, Map<String, String> extra) {
        var found = new HashMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLE_PREFIX)) {
                found.put(name.substring(VARIABLE_PREFIX.length()), value);
            }
        });
        found.putAll(extra);
        found.values().removeIf(String::isEmpty);
        byName = Map.copyOf(found);
    }

    @Override
    public Optional<String> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Collection<String> known() {
        return byName.values();
    }
}
