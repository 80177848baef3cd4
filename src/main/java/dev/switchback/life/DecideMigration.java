package dev.switchback.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Caller;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.exchange.SourcePatch;
import dev.switchback.migration.Decision;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.LifeVerb;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.MigrationState;
import dev.switchback.migration.Migrations;
import dev.switchback.platform.InTurn;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.KeepMigration;
import dev.switchback.runbook.KeepMigration.Writing;
import dev.switchback.runbook.Standing;
import dev.switchback.web.Note;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What a person says about a whole migration. Each word is a row and a change of the migration in one transaction;
 * whoever says the same thing twice gets the same answer, who says something else is told who was first.
 */
@ApplicationScoped
public class DecideMigration {

    @Inject
    Trail trail;

    @Inject
    Migrations migrations;

    @Inject
    Decisions decisions;

    @Inject
    LookAtLife life;

    @Inject
    KeepMigration keep;

    @Inject
    CopyMigration copy;

    @Inject
    Standing standing;

    @Inject
    InTurn inTurn;

    @Inject
    InstantSource clock;

    /**
     * What somebody says.
     *
     * @param note why; required to abandon, reopen and hand over
     * @param owner who answers for it from now on; for handing over, optional for a copy
     * @param key the key of the copy; default: the key with {@code -copy} behind it
     * @param title the title of the copy; default: the title with {@code (copy)} behind it
     */
    public record Words(String note, String owner, String key, String title) {

        /** Nothing but why. */
        public static Words note(String note) {
            return new Words(note, null, null, null);
        }
    }

    /**
     * Decides.
     *
     * @return the migration as it is now; of a duplication the copy
     * @throws dev.switchback.problem.ProblemException 403 a token may not; 404 no such migration; 409 not possible as it
     *     stands, with {@code run} when one is in the way; 422 a note or an owner is missing or wrong
     */
    @Transactional
    public Migration decide(String key, LifeVerb verb, Words words, Caller caller) {
        if (verb.isPersonal()) {
            caller.requirePerson(verb.phrase());
        }
        caller.requireScope("author");
        inTurn.take();
        Migration migration = migrations.requireLocked(key);
        caller.require(verb.right(), migration.where());
        Optional<String> note = note(verb, words.note());
        if (saidBefore(migration, verb, note, words, caller)) {
            return migration;
        }
        life.require(migration, verb);
        String before = migration.state().word() + ", owner " + migration.owner();
        Migration now = carryOut(migration, verb, note, words, caller);
        trail.record(Entry.of("migration." + verb.word(), "migration", migration.key())
                .where(migration.service(), null)
                .from(before)
                .to(verb == LifeVerb.DUPLICATE ? now.key() : now.state().word() + ", owner " + now.owner())
                .note(note.orElse(null)));
        return now;
    }

    private static Optional<String> note(LifeVerb verb, String typed) {
        return verb.needsNote()
                ? Optional.of(Note.required("note", typed, "why, in a sentence"))
                : Note.of("note", typed);
    }

    /** Pressing twice is one decision. */
    private boolean saidBefore(Migration migration, LifeVerb verb, Optional<String> note, Words words, Caller caller) {
        if (verb == LifeVerb.DUPLICATE) {
            return false;
        }
        return decisions
                .latest(migration)
                .filter(last -> last.kind() == verb
                        && last.decidedBy().equals(caller.name())
                        && Optional.ofNullable(last.note()).equals(note)
                        && last.revision() == migration.revision()
                        && stillHolds(migration, last, words))
                .isPresent();
    }

    private static boolean stillHolds(Migration migration, Decision last, Words words) {
        return switch (last.kind()) {
            case REVIEW -> !migration.needsReview();
            case DONE, ABANDON -> migration.state().isLastWord();
            case REOPEN -> !migration.state().isLastWord();
            case HAND_OVER ->
                migration.owner().equals(last.toOwner()) && last.toOwner().equals(strip(words.owner()));
            case ARCHIVE -> migration.isArchived();
            case UNARCHIVE -> !migration.isArchived();
            case DUPLICATE, DELETE -> false;
        };
    }

    private Migration carryOut(Migration migration, LifeVerb verb, Optional<String> note, Words words, Caller caller) {
        switch (verb) {
            case REVIEW -> review(migration, caller);
            case DONE -> migration.close(MigrationState.DONE);
            case ABANDON -> migration.close(MigrationState.ABANDONED);
            case REOPEN -> reopen(migration);
            case ARCHIVE -> migration.archive(clock.instant(), caller.name());
            case UNARCHIVE -> migration.unarchive();
            case HAND_OVER -> {
                return handOver(migration, note.orElseThrow(), strip(words.owner()), caller);
            }
            case DUPLICATE -> {
                return duplicate(migration, note, words, caller);
            }
            case DELETE -> throw new IllegalArgumentException("deleting leaves no decision");
        }
        write(decision(migration, verb, note, caller));
        return migration;
    }

    private Decision decision(Migration migration, LifeVerb verb, Optional<String> note, Caller caller) {
        return new Decision(migration, verb, note.orElse(null), caller.name(), clock.instant());
    }

    private void write(Decision decision) {
        decisions.persistAndFlush(decision);
    }

    private void reopen(Migration migration) {
        migration.reopen();
        standing.refresh(migration);
    }

    /** The mark goes from the file too: what is exported now can be imported again and changes nothing. */
    private void review(Migration migration, Caller caller) {
        migration.reviewed();
        MigrationRevision present = migrations.present(migration);
        String text = migrations.text(present);
        ObjectNode content = migrations.contentNow(migration);
        String unmarked = SourcePatch.of(text, content).text();
        if (!unmarked.equals(text)) {
            keep.rewrite(present, unmarked, caller.name());
        }
        standing.refresh(migration);
    }

    private Migration handOver(Migration migration, String note, String owner, Caller caller) {
        String from = migration.owner();
        requireOther(migration, owner);
        MigrationRevision present = migrations.present(migration);
        ObjectNode content = migrations.contentNow(migration);
        content.put("owner", owner);
        CopyMigration.requireValid(content);
        String text = SourcePatch.of(migrations.text(present), content).text();
        String why = "Handed over from " + from + " to " + owner + ": " + note;
        keep.handOver(migration, Writing.content(content, text, Optional.of(why)), caller.name());
        write(decision(migration, LifeVerb.HAND_OVER, Optional.of(note), caller).between(from, owner));
        return migration;
    }

    private void requireOther(Migration migration, String owner) {
        if (owner.isEmpty()) {
            throw Problem.content(
                            List.of(Violation.of("owner", "It is not said to whom it is handed over", "the new owner")))
                    .toException();
        }
        if (owner.equals(migration.owner())) {
            String when = decisions
                    .latest(migration, LifeVerb.HAND_OVER)
                    .filter(last -> owner.equals(last.toOwner()))
                    .map(last -> "; " + last.decidedBy() + " handed it over at " + Decisions.at(last.decidedAt()))
                    .orElse("");
            throw Problem.conflict(migration.key() + " belongs to " + owner + " already" + when, "another owner")
                    .toException();
        }
    }

    private Migration duplicate(Migration migration, Optional<String> note, Words words, Caller caller) {
        Migration made = copy.of(migration, note, words, caller);
        write(decision(migration, LifeVerb.DUPLICATE, note, caller).madeCopy(made.key()));
        return made;
    }

    static String strip(String typed) {
        return typed == null ? "" : typed.strip();
    }
}
