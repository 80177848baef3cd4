package dev.switchback.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.web.IfMatch;
import org.jboss.resteasy.reactive.RestResponse;

/** A migration as programs see it: its content, and what Switchback knows besides. */
public final class MigrationView {

    private MigrationView() {}

    /** The migration at its present revision. */
    public static ObjectNode of(Migration migration, MigrationRevision present) {
        ObjectNode view = present.content();
        view.put("state", migration.state().word());
        view.put("revision", migration.revision());
        view.put("hash", present.contentHash());
        view.put("needsReview", migration.needsReview());
        view.put("createdAt", migration.createdAt().toString());
        view.put("createdBy", migration.createdBy());
        view.put("changedAt", migration.changedAt().toString());
        view.put("changedBy", migration.changedBy());
        if (migration.isArchived()) {
            view.put("archivedAt", migration.archivedAt().toString());
            view.put("archivedBy", migration.archivedBy());
        }
        return view;
    }

    /** An answer that carries the migration with its ETag. */
    public static RestResponse.ResponseBuilder<JsonNode> answer(
            RestResponse.Status status, Migration migration, MigrationRevision present) {
        return RestResponse.ResponseBuilder.create(status, (JsonNode) of(migration, present))
                .header("ETag", IfMatch.etag(present.etag()));
    }
}
