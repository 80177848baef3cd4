package dev.switchback.environment;

import dev.switchback.access.Caller;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/** Registers an environment or takes new content over; the same content again changes nothing. */
@ApplicationScoped
public class KeepEnvironment {

    @Inject
    Trail trail;

    @Inject
    Environments environments;

    @Inject
    Editors editors;

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

    /**
     * Keeps the content. The caller took their turn before it looked.
     *
     * @throws dev.switchback.problem.ProblemException 403 when they may not change it
     */
    @Transactional
    public Kept keep(Writing writing, Caller caller) {
        var found = environments.withKey(writing.content().key());
        requireConfigure(found, writing, caller);
        String by = caller.name();
        if (found.isPresent() && found.get().contentHash().equals(writing.hash())) {
            return new Kept(found.get(), Change.UNCHANGED, rewrite(found.get(), writing));
        }
        var environment =
                found.orElseGet(() -> new Environment(writing.content().key(), clock.instant(), by));
        String before = found.map(KeepEnvironment::words).orElse(null);
        environment.revise(writing.content(), writing.hash(), writing.text(), clock.instant(), by);
        environments.persistAndFlush(environment);
        environments
                .getEntityManager()
                .persist(new EnvironmentRevision(environment, writing.note().orElse(null)));
        trail.record(Entry.of(
                        found.isPresent() ? "environment.revise" : "environment.create",
                        "environment",
                        environment.key())
                .where(null, environment.key())
                .from(before)
                .to(words(environment))
                .note(writing.note().orElse(null)));
        return new Kept(environment, found.isPresent() ? Change.REVISED : Change.CREATED, false);
    }

    private void requireConfigure(Optional<Environment> present, Writing writing, Caller caller) {
        if (present.isEmpty()) {
            caller.require(Right.CONFIGURE, Where.environment(writing.content().key()));
            return;
        }
        requireSeen(present.get(), caller);
        editors.require(present.get(), caller);
        editors.requireRules(present.get(), writing.content(), caller);
    }

    /**
     * Lets nobody look at an environment by sending one with its key.
     *
     * @throws dev.switchback.problem.ProblemException 403 that says nothing of it but that the key is taken
     */
    public static void requireSeen(Environment present, Caller caller) {
        if (!caller.may(Right.READ, present.where())) {
            throw Problem.forbidden(
                            "The key “" + present.key() + "” belongs to an environment that you may not see",
                            "a key that is free")
                    .toException();
        }
    }

    private static String words(Environment environment) {
        return "revision " + environment.revision() + ", tier "
                + environment.tier().word() + ", content "
                + environment.contentHash().substring(0, 12);
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
