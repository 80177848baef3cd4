package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.Runbook;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The metrics of a revision, and since when they are declared as they are. */
@ApplicationScoped
class DeclaredMetrics {

    /** How many older revisions are looked at. */
    private static final int LOOK_BACK = 50;

    @Inject
    Migrations migrations;

    /** All that the revision declares. */
    static List<JsonNode> of(MigrationRevision revision) {
        return Runbook.of(revision).metrics();
    }

    /** The name of a metric. */
    static String name(JsonNode metric) {
        return metric.path("name").asText();
    }

    /** The metric with this name, if the revision declares it. */
    static Optional<JsonNode> find(List<JsonNode> declared, String name) {
        return declared.stream().filter(metric -> name(metric).equals(name)).findFirst();
    }

    /** What to say when it does not. */
    static Violation unknown(String field, String name, List<JsonNode> declared) {
        return Violation.of(
                field,
                "There is no metric \"" + name + "\"",
                declared.isEmpty()
                        ? "a migration that declares metrics"
                        : "one of: "
                                + declared.stream().map(DeclaredMetrics::name).collect(Collectors.joining(", ")));
    }

    /** When the oldest of the revisions in a row was made that declare the metric exactly so. */
    Instant since(Migration migration, MigrationRevision revision, JsonNode metric) {
        Instant since = revision.createdAt();
        for (MigrationRevision older : migrations.revisionsBefore(migration, revision.number(), LOOK_BACK)) {
            if (!find(of(older), name(metric)).equals(Optional.of(metric))) {
                return since;
            }
            since = older.createdAt();
        }
        return since;
    }

    /** Refuses with everything that is wrong, or nothing. */
    static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw Problem.content(violations).toException();
        }
    }
}
