package dev.switchback.environment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;

/** Registers an environment or takes new content over; the same content again changes nothing. */
@ApplicationScoped
public class KeepEnvironment {

    @Inject
    Environments environments;

    @Inject
    InstantSource clock;

    /** What keeping did. */
    public enum Change {
        CREATED,
        REVISED,
        UNCHANGED
    }

    /** The environment, and what happened to it. */
    public record Kept(Environment environment, Change change) {}

    /**
     * Keeps the content.
     *
     * @param content validated content
     * @param hash the hash of the content
     * @param source the text somebody wrote
     * @param by who
     */
    @Transactional
    public Kept keep(EnvironmentContent content, String hash, String source, String by) {
        var found = environments.withKey(content.key());
        if (found.isPresent() && found.get().contentHash().equals(hash)) {
            return new Kept(found.get(), Change.UNCHANGED);
        }
        var environment = found.orElseGet(() -> new Environment(content.key(), clock.instant(), by));
        environment.revise(content, hash, source, clock.instant(), by);
        environments.persist(environment);
        return new Kept(environment, found.isPresent() ? Change.REVISED : Change.CREATED);
    }
}
