package dev.switchback.migration;

import dev.switchback.problem.Problem;
import dev.switchback.web.Paging;
import dev.switchback.web.Query;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestQuery;

/** The list of migrations. */
@Path("/migrations")
@Produces(MediaType.TEXT_HTML)
public class MigrationPages {

    @Inject
    Migrations migrations;

    @Inject
    RunsOfMigration runs;

    /** The pages. */
    @CheckedTemplate(basePath = "migration", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance list(MigrationList list);
    }

    @GET
    @Transactional
    public String list(
            @RestQuery String q,
            @RestQuery String service,
            @RestQuery String owner,
            @RestQuery String state,
            @RestQuery Integer limit,
            @RestQuery String after) {
        var query = new MigrationQuery(
                Query.filled(service),
                Query.filled(owner),
                Query.filled(state).map(MigrationPages::state),
                Query.filled(q));
        int size = Paging.limit(limit);
        List<Migration> found = migrations.matching(query, cursor(after), size + 1);
        String address = MigrationList.address(
                query, query.state().map(MigrationState::word).orElse(null));
        var page = Paging.page(
                found,
                size,
                limit == null ? address : address + (address.contains("?") ? "&" : "?") + "limit=" + size,
                last -> last.changedAt() + " " + last.id());
        return Templates.list(list(query, page)).render();
    }

    private MigrationList list(MigrationQuery query, Paging.Page<Migration> page) {
        var latest = runs.latestOfEach(page.items());
        var tabs = MigrationList.tabs(migrations.counts(query), query);
        return new MigrationList(
                page.items().stream()
                        .map(each -> MigrationRow.of(each, latest.get(each.id())))
                        .toList(),
                page.next(),
                tabs,
                tabs.stream()
                        .filter(MigrationList.Tab::isCurrent)
                        .findFirst()
                        .orElseThrow()
                        .count(),
                query.text().orElse(""),
                query.service().orElse(""),
                query.owner().orElse(""),
                query.state().map(MigrationState::word).orElse(""),
                migrations.services(),
                migrations.owners());
    }

    private static MigrationState state(String word) {
        return Arrays.stream(MigrationState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.content(
                                "There is no state \"" + word + "\"",
                                "one of: "
                                        + Arrays.stream(MigrationState.values())
                                                .map(MigrationState::word)
                                                .collect(Collectors.joining(", ")))
                        .toException());
    }

    private static Migrations.Cursor cursor(String after) {
        return Query.filled(after)
                .map(position -> Paging.decode(position, text -> {
                    String[] parts = text.split(" ");
                    return new Migrations.Cursor(Instant.parse(parts[0]), Long.parseLong(parts[1]));
                }))
                .orElse(Migrations.Cursor.START);
    }
}
