package dev.switchback.runbook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Caller;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.migration.RevisionText;
import dev.switchback.migration.SearchIndex;
import dev.switchback.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/** Makes a migration or its next revision; the same content again makes none. */
@ApplicationScoped
public class KeepMigration {

    @Inject
    Trail trail;

    @Inject
    Migrations migrations;

    @Inject
    Decisions decisions;

    @Inject
    Standing standing;

    @Inject
    SearchIndex search;

    @Inject
    InstantSource clock;

    /** What keeping did. */
    public enum Change {
        CREATED,
        REVISED,
        UNCHANGED
    }

    /**
     * The migration, and what happened to it.
     *
     * @param rewritten whether the content is the same but its text was kept anew: comments, order or spacing differ
     */
    public record Kept(Migration migration, Change change, boolean rewritten) {}

    /**
     * What somebody wants kept.
     *
     * @param content validated content
     * @param text how its file is written
     * @param written whether somebody wrote that text; false when it was made from the content, and then says nothing new
     *     when the content does not either
     * @param note why, or empty
     */
    public record Writing(ObjectNode content, String text, boolean written, Optional<String> note) {

        /** A file as somebody wrote it. */
        public static Writing file(ObjectNode content, String text, Optional<String> note) {
            return new Writing(content, text, true, note);
        }

        /** Content from a body or a form, whose text was made from it. */
        public static Writing content(ObjectNode content, String text, Optional<String> note) {
            return new Writing(content, text, false, note);
        }
    }

    /**
     * Keeps the content. Only a person takes the mark {@code needsReview} away, by sending the content without it; a
     * program's content keeps it. The caller took their turn before it looked.
     *
     * @throws dev.switchback.problem.ProblemException 403 when they may not write for the service that it belongs to, or
     *     would belong to; 409 when something would change about what is archived, done or
     *     abandoned
     */
    @Transactional
    public Kept keep(Writing writing, Caller caller) {
        ObjectNode content = writing.content();
        Optional<Migration> found = migrations.withKey(content.path("key").asText());
        requireAuthor(found, content, caller);
        String by = caller.name();
        boolean person = caller.isPerson();
        if (found.isPresent() && changesNothing(found.get(), content, person)) {
            return new Kept(found.get(), Change.UNCHANGED, rewrite(found.get(), writing, by));
        }
        found.ifPresent(decisions::requireOpen);
        boolean review = needsReview(found, content, person);
        var migration = found.orElseGet(() -> new Migration(content.path("key").asText(), clock.instant(), by));
        String before = found.map(KeepMigration::words).orElse(null);
        revise(migration, writing, review, by);
        trail.record(Entry.of(found.isPresent() ? "migration.revise" : "migration.create", "migration", migration.key())
                .where(migration.service(), null)
                .from(before)
                .to(words(migration))
                .note(writing.note().orElse(null)));
        return new Kept(migration, found.isPresent() ? Change.REVISED : Change.CREATED, false);
    }

    private static void requireAuthor(Optional<Migration> present, ObjectNode content, Caller caller) {
        present.ifPresent(migration -> {
            requireSeen(migration, caller);
            caller.require(Right.AUTHOR, migration.where());
        });
        caller.require(Right.AUTHOR, Where.service(content.path("service").asText()));
    }

    /**
     * Lets nobody look at a migration by sending one with its key.
     *
     * @throws dev.switchback.problem.ProblemException 403 that says nothing of it but that the key is taken
     */
    public static void requireSeen(Migration present, Caller caller) {
        if (!caller.may(Right.READ, present.where())) {
            throw Problem.forbidden(
                            "The key “" + present.key() + "” belongs to a migration that you may not see",
                            "a key that is free")
                    .toException();
        }
    }

    private static String words(Migration migration) {
        return "revision " + migration.revision() + ", service " + migration.service() + ", owner " + migration.owner();
    }

    /** Whether this content, sent by a person or by a program, is what the migration says already. */
    public boolean changesNothing(Migration migration, ObjectNode content, boolean person) {
        return migrations.present(migration).contentHash().equals(ContentHash.of(content))
                && migration.needsReview() == needsReview(Optional.of(migration), content, person);
    }

    /** Whether keeping this text, whose content is the present one, would keep other comments, order or spacing. */
    public boolean rewrites(Migration migration, Writing writing) {
        return writing.written()
                && !migrations.text(migrations.present(migration)).equals(writing.text());
    }

    private boolean rewrite(Migration migration, Writing writing, String by) {
        boolean anew = rewrites(migration, writing);
        if (anew) {
            decisions.requireOpen(migration);
            rewrite(migrations.present(migration), writing.text(), by);
        }
        return anew;
    }

    /** Makes the revision that says who answers for it now; also of what is done or abandoned. */
    @Transactional
    public void handOver(Migration migration, Writing writing, String by) {
        revise(migration, writing, migration.needsReview(), by);
    }

    /** Keeps another text of a revision, in the transaction of the caller; its content must be the same. */
    public void rewrite(MigrationRevision revision, String text, String by) {
        migrations.getEntityManager().persist(new RevisionText(revision, text, clock.instant(), by));
        migrations.flush();
    }

    private static boolean needsReview(Optional<Migration> present, ObjectNode content, boolean person) {
        boolean kept = !person && present.map(Migration::needsReview).orElse(false);
        return kept || content.path("needsReview").asBoolean(false);
    }

    private void revise(Migration migration, Writing writing, boolean review, String by) {
        ObjectNode content = writing.content();
        int number = migration.revision() + 1;
        migration.nowAt(
                number,
                content.path("title").asText(),
                content.path("service").asText(),
                content.path("owner").asText(),
                review,
                clock.instant(),
                by);
        migration.isAsDifficultAs(content.path("difficulty").asText(null));
        migrations.persist(migration);
        var revision = new MigrationRevision(
                migration,
                number,
                content,
                ContentHash.of(content),
                ContentHash.ofWork(content),
                writing.text(),
                writing.note().orElse(null),
                clock.instant(),
                by);
        revision.unread(review);
        migrations.getEntityManager().persist(revision);
        migrations.flush();
        search.keep(migration, content);
        standing.refresh(migration);
    }
}
