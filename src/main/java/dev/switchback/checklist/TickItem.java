package dev.switchback.checklist;

import dev.switchback.access.Caller;
import dev.switchback.access.Right;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.run.Run;
import dev.switchback.run.Runs;
import dev.switchback.runbook.Runbook;
import dev.switchback.web.Note;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Ticks an item off, or takes the tick away: a row each time something is said that was not said already. */
@ApplicationScoped
public class TickItem {

    private static final int EVIDENCE_AT_MOST = 2_000;

    @Inject
    Trail trail;

    @Inject
    Migrations migrations;

    @Inject
    Decisions decisions;

    @Inject
    ChecklistTicks ticks;

    @Inject
    Runs runs;

    @Inject
    InstantSource clock;

    /**
     * What somebody says about an item; what they do not say is null.
     *
     * @param done whether it is done
     * @param note why, or what was seen
     * @param evidence what can be looked at: a run, an address, a link, or words
     * @param seen the revision that they look at; null when they did not say
     */
    public record Request(Boolean done, String note, String evidence, Integer seen) {}

    /**
     * Keeps what is said, on the present revision. Saying the same again keeps nothing.
     *
     * @return what was said last before, when this is news
     * @throws dev.switchback.problem.ProblemException 404 no such migration or item, with the known ones; 409 it is
     *     archived, or there is another revision than the one that was seen; 422 evidence or note missing or wrong
     */
    @Transactional
    public Optional<ChecklistTick> tick(String key, String itemId, Request request, Caller caller) {
        Migration migration = migrations.requireLocked(key);
        caller.require(Right.TICK, migration.where());
        MigrationRevision present = migrations.present(migration);
        ChecklistItem item = require(migration, present, itemId);
        requireNotArchived(migration);
        requireSeen(migration, request.seen());
        ChecklistTick.Said said = said(migration, item, request);
        Optional<ChecklistTick> last = ticks.latest(migration, itemId);
        boolean news = last.map(tick -> !tick.says(said) || said.done() && !tick.isAbout(present))
                .orElse(said.done());
        if (news) {
            ticks.persistAndFlush(new ChecklistTick(present, itemId, said, caller.name(), clock.instant()));
            trail.record(Entry.of(said.done() ? "checklist.tick" : "checklist.untick", "migration", migration.key())
                    .where(migration.service(), null)
                    .to(item.title())
                    .note(said.note()));
        }
        return news ? last : Optional.empty();
    }

    private static ChecklistItem require(Migration migration, MigrationRevision present, String itemId) {
        List<ChecklistItem> items = ChecklistItem.of(Runbook.of(present));
        return items.stream()
                .filter(item -> item.id().equals(itemId))
                .findFirst()
                .orElseThrow(() -> Problem.notFound(
                                "The checklist of " + migration.key() + ", revision " + present.number()
                                        + ", has no item \"" + itemId + "\"",
                                items.isEmpty()
                                        ? "a revision with a checklist"
                                        : "one of: "
                                                + items.stream()
                                                        .map(ChecklistItem::id)
                                                        .collect(Collectors.joining(", ")))
                        .toException());
    }

    private void requireNotArchived(Migration migration) {
        if (migration.isArchived()) {
            decisions.requireOpen(migration);
        }
    }

    private static void requireSeen(Migration migration, Integer seen) {
        if (seen != null && seen != migration.revision()) {
            throw Problem.conflict(
                            migration.key() + " is at revision " + migration.revision() + " now; you saw " + seen
                                    + ", and nothing was kept",
                            "a look at the present revision first")
                    .toException();
        }
    }

    private ChecklistTick.Said said(Migration migration, ChecklistItem item, Request request) {
        if (request.done() == null) {
            throw wrong("done", "It is not said whether it is done", "true or false");
        }
        Optional<String> note = Note.of("note", request.note());
        Optional<String> evidence = evidence(migration, item, request.evidence());
        if (request.done()) {
            requireShown(item, note, evidence);
        }
        return new ChecklistTick.Said(request.done(), note.orElse(null), evidence.orElse(null));
    }

    /** What was seen may be told in the note as well: words are evidence too. */
    private static void requireShown(ChecklistItem item, Optional<String> note, Optional<String> evidence) {
        if (item.wantsEvidence() && evidence.isEmpty() && note.isEmpty()) {
            EvidenceKind kind = item.wants().orElseThrow();
            throw wrong("evidence", "“" + item.title() + "” wants " + kind.wanted() + " to look at", kind.hint());
        }
        if (item.wants().equals(Optional.of(EvidenceKind.NOTE)) && note.isEmpty() && evidence.isEmpty()) {
            throw wrong("note", "“" + item.title() + "” wants a note", "what was done, in a sentence");
        }
    }

    /** As it is kept: read, and where it names a run, that run looked for. */
    private Optional<String> evidence(Migration migration, ChecklistItem item, String given) {
        Optional<String> typed = Note.of("evidence", given);
        if (typed.filter(text -> text.length() > EVIDENCE_AT_MOST).isPresent()) {
            throw wrong(
                    "evidence", "evidence has " + typed.get().length() + " characters", "at most " + EVIDENCE_AT_MOST);
        }
        Optional<Evidence> read = typed.map(text -> Evidence.of(text, item.wants()));
        read.ifPresent(each -> each.run().ifPresent(id -> requireRunOf(migration, id)));
        return read.map(Evidence::text);
    }

    private void requireRunOf(Migration migration, long id) {
        Optional<Run> run = runs.seen(id);
        if (run.isEmpty()) {
            throw wrong("evidence", "There is no run " + id, "a run of " + migration.key());
        }
        if (!run.get().migration().id().equals(migration.id())) {
            throw wrong(
                    "evidence",
                    "Run " + id + " is one of " + run.get().migration().key(),
                    "a run of " + migration.key());
        }
    }

    private static RuntimeException wrong(String field, String message, String expected) {
        return Problem.content(List.of(Violation.of(field, message, expected))).toException();
    }
}
