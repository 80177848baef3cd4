package dev.switchback.runbook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.MigrationState;
import dev.switchback.migration.Migrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/** Makes a migration or its next revision; the same content again makes none. */
@ApplicationScoped
public class KeepMigration {

    @Inject
    Migrations migrations;

    @Inject
    InstantSource clock;

    /** What keeping did. */
    public enum Change {
        CREATED,
        REVISED,
        UNCHANGED
    }

    /** The migration, and what happened to it. */
    public record Kept(Migration migration, Change change) {}

    /**
     * Keeps the content. Only a person takes the mark {@code needsReview} away, by sending the content without it; a
     * program's content keeps it.
     *
     * @param content validated content
     * @param source the text somebody wrote
     * @param by who
     * @param person whether that is the person, not a program with their token
     */
    @Transactional
    public Kept keep(ObjectNode content, String source, String by, boolean person) {
        Optional<Migration> found = migrations.withKey(content.path("key").asText());
        if (found.isPresent() && changesNothing(found.get(), content, person)) {
            return new Kept(found.get(), Change.UNCHANGED);
        }
        boolean review = needsReview(found, content, person);
        var migration = found.orElseGet(() -> new Migration(content.path("key").asText(), clock.instant(), by));
        revise(migration, content, ContentHash.of(content), source, review, by);
        return new Kept(migration, found.isPresent() ? Change.REVISED : Change.CREATED);
    }

    /** Whether this content, sent by a person or by a program, is what the migration says already. */
    public boolean changesNothing(Migration migration, ObjectNode content, boolean person) {
        return migrations.present(migration).contentHash().equals(ContentHash.of(content))
                && migration.needsReview() == needsReview(Optional.of(migration), content, person);
    }

    private static boolean needsReview(Optional<Migration> present, ObjectNode content, boolean person) {
        boolean kept = !person && present.map(Migration::needsReview).orElse(false);
        return kept || content.path("needsReview").asBoolean(false);
    }

    private void revise(
            Migration migration, ObjectNode content, String hash, String source, boolean review, String by) {
        int number = migration.revision() + 1;
        migration.nowAt(
                number,
                content.path("title").asText(),
                content.path("service").asText(),
                content.path("owner").asText(),
                review,
                clock.instant(),
                by);
        migration.stands(stateOf(content, review));
        migrations.persist(migration);
        migrations
                .getEntityManager()
                .persist(new MigrationRevision(migration, number, content, hash, source, clock.instant(), by));
        migrations.flush();
    }

    /** A new revision has no runs: what was rehearsed or live was another one. */
    private static MigrationState stateOf(ObjectNode content, boolean review) {
        boolean runnable = !review
                && !Runbook.of(content).steps().isEmpty()
                && Linter.of(content).stream().noneMatch(Finding::isError);
        return MigrationState.derive(runnable, false, MigrationState.LastLive.NONE);
    }
}
