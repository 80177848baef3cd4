package dev.switchback.exchange;

import dev.switchback.diff.ContentDiff;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the documents of a file would change in what is there. */
@ApplicationScoped
public class PlannedChanges {

    @Inject
    Environments environments;

    @Inject
    Migrations migrations;

    /** What differs, by kind and key of the document ({@code Migration shop}); new and unchanged documents are left out. */
    @Transactional
    public Map<String, ContentDiff> of(ReadFile file) {
        var changes = new HashMap<String, ContentDiff>();
        for (ReadDocument document : file.documents()) {
            diff(document)
                    .filter(diff -> !diff.isEmpty())
                    .ifPresent(diff -> changes.put(document.kind() + " " + document.key(), diff));
        }
        return changes;
    }

    private Optional<ContentDiff> diff(ReadDocument document) {
        return document.kind().equals("Environment")
                ? environments
                        .seen(document.key())
                        .map(present -> ContentDiff.of(present.content().tree(), document.content()))
                : migrations
                        .seen(document.key())
                        .map(present ->
                                ContentDiff.of(migrations.present(present).content(), document.content()));
    }
}
