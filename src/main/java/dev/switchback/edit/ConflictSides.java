package dev.switchback.edit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.diff.Merge;
import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentRevision;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What two people made of one thing at once.
 *
 * @param noun {@code migration} or {@code environment}
 * @param key its key
 * @param title what it is called
 * @param base the revision that the form was filled from
 * @param baseContent what that said; null when nobody knows any more
 * @param present the revision that is there now
 * @param theirs what that says
 * @param mine what was to be saved
 * @param saved what was saved meanwhile, the newest first, at most {@value #SHOWN}
 */
public record ConflictSides(
        String noun,
        String key,
        String title,
        int base,
        ObjectNode baseContent,
        int present,
        ObjectNode theirs,
        ObjectNode mine,
        List<Saved> saved) {

    private static final int SHOWN = 5;
    private static final String REVIEW = "needsReview";

    /**
     * A revision that somebody saved meanwhile.
     *
     * @param note why, or null
     */
    public record Saved(int number, String by, Instant at, String note) {}

    static ConflictSides of(Migrations migrations, Migration migration, int base, ObjectNode mine) {
        ObjectNode theirs = migrations.present(migration).content();
        ObjectNode known = migrations
                .revision(migration, base)
                .map(MigrationRevision::content)
                .orElse(null);
        mark(theirs, migration.needsReview());
        if (known != null) {
            // Whether somebody has read it is decided elsewhere; here it never counts as changed by me.
            mark(known, mine.path(REVIEW).asBoolean(false));
        }
        int meanwhile = Math.min(SHOWN, migration.revision() - base);
        return new ConflictSides(
                "migration",
                migration.key(),
                migration.title(),
                base,
                known,
                migration.revision(),
                theirs,
                mine,
                migrations.revisionsBefore(migration, Integer.MAX_VALUE, Math.max(1, meanwhile)).stream()
                        .map(each -> new Saved(each.number(), each.createdBy(), each.createdAt(), each.note()))
                        .toList());
    }

    private static void mark(ObjectNode content, boolean needsReview) {
        content.remove(REVIEW);
        if (needsReview) {
            content.put(REVIEW, true);
        }
    }

    static ConflictSides of(Environments environments, Environment environment, int base, ObjectNode mine) {
        int present = environment.revision();
        List<Saved> saved = IntStream.range(0, Math.max(1, Math.min(SHOWN, present - base)))
                .mapToObj(back -> environments.revision(environment, present - back))
                .flatMap(Optional::stream)
                .map(each -> new Saved(each.number(), each.createdBy(), each.createdAt(), each.note()))
                .toList();
        return new ConflictSides(
                "environment",
                environment.key(),
                environment.name(),
                base,
                environments
                        .revision(environment, base)
                        .map(EnvironmentRevision::content)
                        .orElse(null),
                present,
                environment.content().tree(),
                mine,
                saved.isEmpty()
                        ? List.of(new Saved(present, environment.changedBy(), environment.changedAt(), null))
                        : saved);
    }

    Merge merge() {
        return Merge.of(baseContent, theirs, mine);
    }
}
