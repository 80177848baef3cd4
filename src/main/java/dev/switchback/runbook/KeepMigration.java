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
     * Keeps the content.
     *
     * @param content validated content
     * @param source the text somebody wrote
     * @param by who
     */
    @Transactional
    public Kept keep(ObjectNode content, String source, String by) {
        String hash = ContentHash.of(content);
        Optional<Migration> found = migrations.withKey(content.path("key").asText());
        boolean review = content.path("needsReview").asBoolean(false);
        if (found.isPresent() && isPresent(found.get(), hash, review)) {
            return new Kept(found.get(), Change.UNCHANGED);
        }
        var migration = found.orElseGet(() -> new Migration(content.path("key").asText(), clock.instant(), by));
        revise(migration, content, hash, source, review, by);
        return new Kept(migration, found.isPresent() ? Change.REVISED : Change.CREATED);
    }

    private boolean isPresent(Migration migration, String hash, boolean review) {
        return migrations.present(migration).contentHash().equals(hash) && (!review || migration.needsReview());
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
