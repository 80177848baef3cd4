package dev.switchback.environment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

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

    /**
     * The environment, and what happened to it.
     *
     * @param rewritten whether the content is the same but its text was kept anew: comments, order or spacing differ
     */
    public record Kept(Environment environment, Change change, boolean rewritten) {}

    /**
     * What somebody wants kept.
     *
     * @param content validated content
     * @param hash the hash of the content
     * @param text how its file is written
     * @param written whether somebody wrote that text; false when it was made from the content
     * @param note why, or empty
     */
    public record Writing(
            EnvironmentContent content, String hash, String text, boolean written, Optional<String> note) {}

    /** Keeps the content. The caller took their turn before it looked. */
    @Transactional
    public Kept keep(Writing writing, String by) {
        var found = environments.withKey(writing.content().key());
        if (found.isPresent() && found.get().contentHash().equals(writing.hash())) {
            return new Kept(found.get(), Change.UNCHANGED, rewrite(found.get(), writing));
        }
        var environment =
                found.orElseGet(() -> new Environment(writing.content().key(), clock.instant(), by));
        environment.revise(writing.content(), writing.hash(), writing.text(), clock.instant(), by);
        environments.persistAndFlush(environment);
        environments
                .getEntityManager()
                .persist(new EnvironmentRevision(environment, writing.note().orElse(null)));
        return new Kept(environment, found.isPresent() ? Change.REVISED : Change.CREATED, false);
    }

    /** Whether keeping this text, whose content is the present one, would keep other comments, order or spacing. */
    public boolean rewrites(Environment environment, Writing writing) {
        return writing.written() && !environment.source().equals(writing.text());
    }

    private boolean rewrite(Environment environment, Writing writing) {
        boolean anew = rewrites(environment, writing);
        if (anew) {
            environment.rewrite(writing.text());
        }
        return anew;
    }
}
