package dev.switchback.exchange;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchback.access.Caller;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.environment.Environments;
import dev.switchback.environment.KeepEnvironment;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.platform.InTurn;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.ContentHash;
import dev.switchback.runbook.Finding;
import dev.switchback.runbook.KeepMigration;
import dev.switchback.runbook.KeepMigration.Writing;
import dev.switchback.runbook.Linter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes a runbook file over: every document in it, or none. */
@ApplicationScoped
public class ImportFile {

    @Inject
    Environments environments;

    @Inject
    Migrations migrations;

    @Inject
    Decisions decisions;

    @Inject
    KeepEnvironment keepEnvironment;

    @Inject
    KeepMigration keepMigration;

    @Inject
    InTurn inTurn;

    /**
     * What an import did, or would do.
     *
     * @param dryRun whether nothing was stored on purpose
     * @param items what happened to each document, in the order of the file; empty when there are problems
     * @param findings what the linter says, with the document's key in front of the place
     * @param problems what is wrong, with lines; then nothing was stored
     */
    public record Result(boolean dryRun, List<Item> items, List<Finding> findings, List<Violation> problems) {
        @JsonIgnore
        public boolean isFine() {
            return problems.isEmpty();
        }
    }

    /**
     * One document.
     *
     * @param kind {@code Environment} or {@code Migration}
     * @param change {@code created}, {@code revised} or {@code unchanged}
     * @param revision the revision that it is now, or would be
     * @param rewritten whether the content is unchanged but its text is kept anew: comments, order or spacing differ
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Item(
            String kind,
            String key,
            String change,
            @JsonInclude(JsonInclude.Include.ALWAYS) int revision,
            boolean rewritten) {

        Item(String kind, String key, String change, int revision) {
            this(kind, key, change, revision, false);
        }
    }

    /** Looks what the file would do; stores nothing. */
    @Transactional
    public Result check(ReadFile file, Caller caller) {
        caller.requireScope("read");
        return file.problems().isEmpty()
                ? new Result(
                        true,
                        file.documents().stream()
                                .map(document -> foresee(document, caller))
                                .toList(),
                        findings(file),
                        List.of())
                : refused(true, file);
    }

    /**
     * Stores every document of the file in one transaction; when one of them has a problem, none.
     *
     * @param note why, kept with each revision that this makes; may be empty
     */
    @Transactional
    public Result apply(ReadFile file, Optional<String> note, Caller caller) {
        caller.requireScope("author");
        inTurn.take();
        return file.problems().isEmpty()
                ? new Result(
                        false,
                        file.documents().stream()
                                .map(document -> keep(document, note, caller))
                                .toList(),
                        findings(file),
                        List.of())
                : refused(false, file);
    }

    private static Result refused(boolean dryRun, ReadFile file) {
        return new Result(dryRun, List.of(), List.of(), file.problems());
    }

    private static List<Finding> findings(ReadFile file) {
        var all = new ArrayList<Finding>();
        for (ReadDocument document : file.documents()) {
            if (document.kind().equals("Migration")) {
                Linter.of(document.content())
                        .forEach(finding -> all.add(new Finding(
                                finding.rule(),
                                finding.level(),
                                document.key() + ": " + finding.place(),
                                finding.message(),
                                finding.remedy(),
                                finding.acceptedReason())));
            }
        }
        return all;
    }

    private Item foresee(ReadDocument document, Caller caller) {
        return document.kind().equals("Environment")
                ? foreseeEnvironment(document, caller)
                : foreseeMigration(document, caller);
    }

    private Item foreseeEnvironment(ReadDocument document, Caller caller) {
        var writing = writing(document, Optional.empty());
        return environments
                .withKey(document.key())
                .map(present -> {
                    KeepEnvironment.requireSeen(present, caller);
                    return present;
                })
                .map(present -> present.contentHash().equals(writing.hash())
                        ? unchanged(document, present.revision(), keepEnvironment.rewrites(present, writing))
                        : revised(document, present.revision()))
                .orElseGet(() -> new Item(document.kind(), document.key(), "created", 1));
    }

    private static KeepEnvironment.Writing writing(ReadDocument document, Optional<String> note) {
        return new KeepEnvironment.Writing(
                new EnvironmentContent(document.content()),
                ContentHash.of(document.content()),
                document.source(),
                true,
                note);
    }

    private Item foreseeMigration(ReadDocument document, Caller caller) {
        var writing = Writing.file(document.content(), document.source(), Optional.empty());
        return migrations
                .withKey(document.key())
                .map(present -> foreseeMigration(document, present, writing, caller))
                .orElseGet(() -> new Item(document.kind(), document.key(), "created", 1));
    }

    private Item foreseeMigration(ReadDocument document, Migration present, Writing writing, Caller caller) {
        KeepMigration.requireSeen(present, caller);
        boolean same = keepMigration.changesNothing(present, document.content(), caller.isPerson());
        boolean rewritten = same && keepMigration.rewrites(present, writing);
        if (!same || rewritten) {
            decisions.requireOpen(present);
        }
        return same ? unchanged(document, present.revision(), rewritten) : revised(document, present.revision());
    }

    private static Item unchanged(ReadDocument document, int revision, boolean rewritten) {
        return new Item(document.kind(), document.key(), "unchanged", revision, rewritten);
    }

    private static Item revised(ReadDocument document, int revision) {
        return new Item(document.kind(), document.key(), "revised", revision + 1);
    }

    private Item keep(ReadDocument document, Optional<String> note, Caller caller) {
        if (document.kind().equals("Environment")) {
            var kept = keepEnvironment.keep(writing(document, note), caller);
            return new Item(
                    document.kind(),
                    document.key(),
                    word(kept.change()),
                    kept.environment().revision(),
                    kept.rewritten());
        }
        var kept = keepMigration.keep(Writing.file(document.content(), document.source(), note), caller);
        return new Item(
                document.kind(),
                document.key(),
                word(kept.change()),
                kept.migration().revision(),
                kept.rewritten());
    }

    private static String word(Enum<?> change) {
        return change.name().toLowerCase(Locale.ROOT);
    }
}
