package dev.switchback.access;

import java.util.Optional;

/**
 * What something belongs to: a service, an environment, both or neither.
 *
 * @param service the service, or null when it belongs to none, such as an environment
 * @param environment the key of the environment, or null when it belongs to none, such as a runbook
 */
public record Where(String service, String environment) {

    private static final Where NOWHERE = new Where(null, null);

    /** What belongs to no service and no environment: people, instances. */
    public static Where nowhere() {
        return NOWHERE;
    }

    /** A runbook and what is said of it. */
    public static Where service(String service) {
        return new Where(service, null);
    }

    /** An environment. */
    public static Where environment(String key) {
        return new Where(null, key);
    }

    /** What happens to a service in an environment: a run, a measurement. */
    public static Where of(String service, String environment) {
        return new Where(service, environment);
    }

    /** Spoken: {@code for shop in production}; empty for what belongs to neither. */
    String words() {
        String of =
                Optional.ofNullable(service).map(each -> " for “" + each + "”").orElse("");
        return of
                + Optional.ofNullable(environment)
                        .map(each -> " in “" + each + "”")
                        .orElse("");
    }
}
