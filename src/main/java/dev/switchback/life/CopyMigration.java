package dev.switchback.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Caller;
import dev.switchback.exchange.SourcePatch;
import dev.switchback.life.DecideMigration.Words;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.KeepMigration;
import dev.switchback.runbook.KeepMigration.Writing;
import dev.switchback.shape.Limits;
import dev.switchback.shape.RunbookShapes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Makes a migration of its own out of another: a new draft without runs, ticks or decisions. What it says was thought of
 * something else, so it carries the mark {@code needsReview} until somebody has changed or read it.
 */
@ApplicationScoped
class CopyMigration {

    private static final String BEHIND_KEY = "-copy";
    private static final String BEHIND_TITLE = " (copy)";

    @Inject
    Migrations migrations;

    @Inject
    KeepMigration keep;

    /** Makes it, in the transaction of the caller, who took their turn. */
    Migration of(Migration original, Optional<String> note, Words words, Caller caller) {
        MigrationRevision present = migrations.present(original);
        ObjectNode content = migrations.contentNow(original);
        content.put("key", key(original, DecideMigration.strip(words.key())));
        content.put("title", title(original, DecideMigration.strip(words.title())));
        String owner = DecideMigration.strip(words.owner());
        content.put("owner", owner.isEmpty() ? original.owner() : owner);
        content.put("needsReview", true);
        requireValid(content);
        String text = SourcePatch.of(migrations.text(present), content).text();
        String why = "Copied from " + original.key() + ", revision " + original.revision()
                + note.map(said -> ": " + said).orElse("");
        return keep.keep(Writing.content(content, text, Optional.of(why)), caller)
                .migration();
    }

    /** The key that a copy gets when nobody says another. */
    String freeKey(Migration original) {
        for (int i = 1; ; i++) {
            String behind = i == 1 ? BEHIND_KEY : BEHIND_KEY + "-" + i;
            String key = start(original.key(), Limits.KEY - behind.length()) + behind;
            if (migrations.withKey(key).isEmpty()) {
                return key;
            }
        }
    }

    /** The title that a copy gets when nobody says another. */
    static String title(Migration original) {
        return start(original.title(), Limits.TITLE - BEHIND_TITLE.length()) + BEHIND_TITLE;
    }

    private String key(Migration original, String wanted) {
        if (wanted.isEmpty()) {
            return freeKey(original);
        }
        if (migrations.withKey(wanted).isPresent()) {
            throw Problem.conflict("There is a migration \"" + wanted + "\" already", "a key that is free")
                    .toException();
        }
        return wanted;
    }

    private static String title(Migration original, String wanted) {
        return wanted.isEmpty() ? title(original) : wanted;
    }

    private static String start(String text, int atMost) {
        if (text.length() <= atMost) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(atMost - 1)) ? atMost - 1 : atMost;
        return text.substring(0, end);
    }

    /** What somebody typed must do as well in the content as it would in a file. */
    static void requireValid(ObjectNode content) {
        List<Violation> violations = RunbookShapes.validateMigration(content);
        if (!violations.isEmpty()) {
            throw Problem.content(violations).toException();
        }
    }
}
