package dev.switchback.demo;

import dev.switchback.access.Caller;
import dev.switchback.access.FirstPerson;
import dev.switchback.access.Role;
import dev.switchback.environment.Environments;
import dev.switchback.exchange.ImportFile;
import dev.switchback.exchange.ReadDocument;
import dev.switchback.exchange.ReadFile;
import dev.switchback.exchange.RunbookFileReader;
import dev.switchback.migration.Migrations;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * Puts the demo's environments and its migrations in place. What a person has changed since is left alone; environments
 * that only the demo wrote follow the ports of the shops, which may be others after a restart.
 */
@ApplicationScoped
class LoadDemo {

    /** Who the history says it was. */
    static final String AUTHOR = "demo";

    @Inject
    ImportFile importFile;

    @Inject
    FirstPerson people;

    @Inject
    Environments environments;

    @Inject
    Migrations migrations;

    @Transactional
    void load(@Observes @Priority(2000) StartupEvent event) {
        Demo.runbookFile().ifPresent(this::load);
        Demo.reviewerPassword()
                .ifPresent(password -> people.also(
                        Demo.REVIEWER, "Reviewer of the demo", password, List.of(Role.APPROVER, Role.VIEWER)));
    }

    private void load(String text) {
        ReadFile file = RunbookFileReader.read(text);
        List<ReadDocument> ours =
                file.documents().stream().filter(this::mayBeWritten).toList();
        var result = importFile.apply(new ReadFile(ours, file.problems()), Optional.empty(), Caller.of(AUTHOR));
        result.problems()
                .forEach(problem ->
                        Log.errorf("the demo's file is wrong in line %s: %s", problem.line(), problem.message()));
    }

    private boolean mayBeWritten(ReadDocument document) {
        return document.kind().equals("Environment")
                ? environments
                        .withKey(document.key())
                        .map(present -> present.changedBy().equals(AUTHOR))
                        .orElse(true)
                : migrations.withKey(document.key()).isEmpty();
    }
}
