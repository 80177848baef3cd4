package dev.switchback.edit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.environment.Editors;
import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.environment.Environments;
import dev.switchback.environment.KeepEnvironment;
import dev.switchback.exchange.RunbookFileWriter;
import dev.switchback.exchange.SourcePatch;
import dev.switchback.exchange.SourcePatch.Patched;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.platform.InTurn;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.ContentHash;
import dev.switchback.runbook.KeepMigration;
import dev.switchback.web.Words;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Keeps what a form says: a revision when it says something new, none when it does not, and never over somebody else. */
@ApplicationScoped
public class SaveForm {

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    KeepMigration keepMigration;

    @Inject
    KeepEnvironment keepEnvironment;

    @Inject
    Editors editors;

    @Inject
    CallerOfRequest caller;

    @Inject
    InTurn inTurn;

    /**
     * What came of it.
     *
     * @param path the page to show next
     * @param sentence what to say there
     * @param isStale whether nothing was saved because somebody else had saved meanwhile
     */
    record Saved(String path, String sentence, boolean isStale) {
        private static final Saved STALE = new Saved("", "", true);
    }

    /** A new migration; its key must be free, or taken by the very same: the button was pressed twice. */
    @Transactional
    Saved newMigration(ObjectNode content, Optional<String> note) {
        String key = begin(content);
        Optional<Migration> there = migrations.withKey(key);
        there.ifPresent(migration -> KeepMigration.requireSeen(migration, caller.get()));
        if (there.isEmpty()) {
            keep(content, RunbookFileWriter.write(content), note);
        } else if (!keepMigration.changesNothing(
                there.get(), content, caller.get().isPerson())) {
            throw taken("migration", key);
        }
        return new Saved("/migrations/" + key, "Saved as revision 1.", false);
    }

    /**
     * The next revision of a migration.
     *
     * @param base the revision that the form was filled from
     */
    @Transactional
    Saved migration(int base, ObjectNode content, Optional<String> note) {
        Migration migration = migrations.require(begin(content));
        caller.get().require(Right.AUTHOR, migration.where());
        String path = "/migrations/" + migration.key();
        if (keepMigration.changesNothing(migration, content, caller.get().isPerson())) {
            return new Saved(path, nothing(migration.revision()), false);
        }
        if (migration.revision() != base) {
            return Saved.STALE;
        }
        Patched text = SourcePatch.of(migrations.text(migrations.present(migration)), content);
        keep(content, text.text(), note);
        return new Saved(path, kept(base, text), false);
    }

    private void keep(ObjectNode content, String text, Optional<String> note) {
        keepMigration.keep(KeepMigration.Writing.content(content, text, note), caller.get());
    }

    /** A new environment; the same holds for its key. */
    @Transactional
    Saved newEnvironment(ObjectNode content, Optional<String> note) {
        String key = begin(content);
        Optional<Environment> there = environments.withKey(key);
        there.ifPresent(environment -> KeepEnvironment.requireSeen(environment, caller.get()));
        if (there.isEmpty()) {
            keepEnvironment(content, RunbookFileWriter.write(content), note);
        } else if (!there.get().contentHash().equals(ContentHash.of(content))) {
            throw taken("environment", key);
        }
        return new Saved("/environments/" + key, "The environment is registered.", false);
    }

    /** The next revision of an environment. */
    @Transactional
    Saved environment(int base, ObjectNode content, Optional<String> note) {
        Environment environment = environments.require(begin(content));
        editors.require(environment, caller.get());
        String path = "/environments/" + environment.key();
        if (environment.contentHash().equals(ContentHash.of(content))) {
            return new Saved(path, nothing(environment.revision()), false);
        }
        if (environment.revision() != base) {
            return Saved.STALE;
        }
        Patched text = SourcePatch.of(environment.source(), content);
        keepEnvironment(content, text.text(), note);
        return new Saved(path, kept(base, text), false);
    }

    private void keepEnvironment(ObjectNode content, String text, Optional<String> note) {
        keepEnvironment.keep(
                new KeepEnvironment.Writing(
                        new EnvironmentContent(content), ContentHash.of(content), text, false, note),
                caller.get());
    }

    private String begin(ObjectNode content) {
        caller.get().requireScope("author");
        inTurn.take();
        return content.path("key").asText();
    }

    private static String nothing(int revision) {
        return "Nothing changed; revision " + revision + " stands.";
    }

    private static String kept(int base, Patched text) {
        String lost = text.lostComments() == 0
                ? ""
                : " " + Words.count(text.lostComments(), "comment")
                        + " of the file could not be carried over; revision " + base + " still has "
                        + (text.lostComments() == 1 ? "it." : "them.");
        return "Saved as revision " + (base + 1) + "." + lost;
    }

    private static RuntimeException taken(String noun, String key) {
        return Problem.content(List.of(Violation.of(
                        "key",
                        "There is " + (noun.equals("environment") ? "an " : "a ") + noun + " “" + key + "” already",
                        "a key of its own")))
                .toException();
    }
}
