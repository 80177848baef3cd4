package dev.switchback.environment;

import dev.switchback.environment.CheckEnvironment.Report;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the last check of each environment found, kept in memory: it is news, not a record. Safe for use by several
 * threads.
 */
@ApplicationScoped
public class LastChecks {

    private final Map<String, Kept> byKey = new ConcurrentHashMap<>();

    private record Kept(int revision, Report report) {}

    /** Remembers a check. */
    public void keep(Environment environment, Report report) {
        byKey.put(environment.key(), new Kept(environment.revision(), report));
    }

    /** The last one of this very revision. */
    public Optional<Report> of(Environment environment) {
        return Optional.ofNullable(byKey.get(environment.key()))
                .filter(kept -> kept.revision() == environment.revision())
                .map(Kept::report);
    }
}
