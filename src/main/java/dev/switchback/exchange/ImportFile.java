package dev.switchback.exchange;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.switchback.access.Caller;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.environment.Environments;
import dev.switchback.environment.KeepEnvironment;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.ContentHash;
import dev.switchback.runbook.Finding;
import dev.switchback.runbook.KeepMigration;
import dev.switchback.runbook.Linter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes a runbook file over: every document in it, or none. */
@ApplicationScoped
public class ImportFile {

    @Inject
    Environments environments;

    @Inject
    Migrations migrations;

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
     */
    public record Item(String kind, String key, String change, int revision) {}

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

    /** Stores every document of the file in one transaction; when one of them has a problem, none. */
    @Transactional
    public Result apply(ReadFile file, Caller caller) {
        caller.requireScope("author");
        inTurn.take();
        return file.problems().isEmpty()
                ? new Result(
                        false,
                        file.documents().stream()
                                .map(document -> keep(document, caller))
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
                ? foreseeEnvironment(document, ContentHash.of(document.content()))
                : foreseeMigration(document, caller.isPerson());
    }

    private Item foreseeEnvironment(ReadDocument document, String hash) {
        return environments
                .withKey(document.key())
                .map(present -> item(document, present.contentHash().equals(hash), present.revision()))
                .orElseGet(() -> new Item(document.kind(), document.key(), "created", 1));
    }

    private Item foreseeMigration(ReadDocument document, boolean person) {
        return migrations
                .withKey(document.key())
                .map(present -> item(
                        document,
                        keepMigration.changesNothing(present, document.content(), person),
                        present.revision()))
                .orElseGet(() -> new Item(document.kind(), document.key(), "created", 1));
    }

    private static Item item(ReadDocument document, boolean same, int revision) {
        return new Item(
                document.kind(), document.key(), same ? "unchanged" : "revised", same ? revision : revision + 1);
    }

    private Item keep(ReadDocument document, Caller caller) {
        if (document.kind().equals("Environment")) {
            var kept = keepEnvironment.keep(
                    new EnvironmentContent(document.content()),
                    ContentHash.of(document.content()),
                    document.source(),
                    caller.name());
            return new Item(
                    document.kind(),
                    document.key(),
                    word(kept.change()),
                    kept.environment().revision());
        }
        var kept = keepMigration.keep(document.content(), document.source(), caller.name(), caller.isPerson());
        return new Item(
                document.kind(),
                document.key(),
                word(kept.change()),
                kept.migration().revision());
    }

    private static String word(Enum<?> change) {
        return change.name().toLowerCase(Locale.ROOT);
    }
}
