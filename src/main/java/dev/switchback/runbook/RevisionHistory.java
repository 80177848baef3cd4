package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.diff.ContentDiff;
import dev.switchback.migration.Decision;
import dev.switchback.migration.LifeVerb;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.RunsOfMigration.RunsOfRevision;
import dev.switchback.web.Paging;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A page of the history of a migration.
 *
 * @param migration the migration
 * @param rows revisions and decisions, the newest first
 * @param next the link to what is older, or null
 */
public record RevisionHistory(Migration migration, List<RevisionRow> rows, String next) {

    /**
     * Puts a page together.
     *
     * @param fetched the revisions of the page and, when there is one, the revision before them
     * @param limit how many a page has
     * @param decisions what was decided about the migration
     * @param runs the runs of these revisions by the number of the revision
     */
    static RevisionHistory of(
            Migration migration,
            List<MigrationRevision> fetched,
            int limit,
            List<Decision> decisions,
            Map<Integer, RunsOfRevision> runs) {
        var page = Paging.page(
                fetched, limit, "/migrations/" + migration.key() + "/revisions", last -> String.valueOf(last.number()));
        var rows = new ArrayList<RevisionRow>();
        // Contents may be large: each is read once, and only two are there at a time.
        JsonNode content = page.items().isEmpty() ? null : fetched.get(0).content();
        for (int i = 0; i < page.items().size(); i++) {
            MigrationRevision revision = fetched.get(i);
            JsonNode before = i + 1 < fetched.size() ? fetched.get(i + 1).content() : null;
            rows.add(new RevisionRow(revision, summary(before, content), runs.get(revision.number()), null));
            content = before;
        }
        return new RevisionHistory(migration, withDecisions(rows, decisions), page.next());
    }

    /** What the form compares with the present revision unless somebody says otherwise: the one before. */
    public int chosen() {
        return migration.revision() - 1;
    }

    private static String summary(JsonNode before, JsonNode after) {
        if (before == null) {
            return "";
        }
        ContentDiff diff = ContentDiff.of(before, after);
        return diff.isEmpty() ? "Nothing but whether it needs a review" : diff.sentence();
    }

    /** Each decision stands on the page of the revision that it was made about. */
    private static List<RevisionRow> withDecisions(List<RevisionRow> rows, List<Decision> decisions) {
        int newest = rows.isEmpty() ? 0 : rows.get(0).revision().number();
        int oldest = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).revision().number();
        Stream<RevisionRow> decided = decisions.stream()
                // A hand-over is a revision too, and that says it.
                .filter(decision -> decision.kind() != LifeVerb.HAND_OVER)
                .filter(decision -> decision.revision() >= oldest && decision.revision() <= newest)
                .map(RevisionRow::of);
        return Stream.concat(decided, rows.stream())
                .sorted(Comparator.comparing(RevisionRow::at).reversed())
                .toList();
    }
}
