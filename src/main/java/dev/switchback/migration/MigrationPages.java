package dev.switchback.migration;

import dev.switchback.access.Sight;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.migration.FindMigrations.Found;
import dev.switchback.migration.MigrationList.Options;
import dev.switchback.migration.MigrationQuery.Asked;
import dev.switchback.migration.Migrations.Cursor;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.web.KeptLists;
import dev.switchback.web.KeptLists.Written;
import dev.switchback.web.KeptRows;
import dev.switchback.web.Paging;
import dev.switchback.web.Query;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The list of migrations. */
@Path("/migrations")
@Produces(MediaType.TEXT_HTML)
public class MigrationPages {

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    Sight sight;

    @Inject
    FindMigrations find;

    @Inject
    SearchHits hits;

    @Inject
    RunsOfMigration runs;

    @Inject
    KeptLists lists;

    @Inject
    KeptRows rows;

    @Inject
    InstantSource clock;

    /** The pages. */
    @CheckedTemplate(basePath = "migration", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance list(MigrationList list);

        static native TemplateInstance row(MigrationRow row);
    }

    @GET
    public RestResponse<byte[]> list(
            @RestQuery String q,
            @RestQuery String service,
            @RestQuery String owner,
            @RestQuery String state,
            @RestQuery String environment,
            @RestQuery String needsReview,
            @RestQuery String archived,
            @RestQuery Integer limit,
            @RestQuery String after) {
        Asked asked = new Asked(q, service, owner, state, environment, needsReview, archived).plain();
        try {
            MigrationQuery query = MigrationQuery.of(asked).within(sight);
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            return lists.page(
                    String.join("\0", "migrations", "" + today, asked.key(), "" + limit, "" + after),
                    () -> written(found(asked, query, limit, after, today)));
        } catch (ProblemException e) {
            if (e.problem().violations().isEmpty()) {
                throw e;
            }
            return QuarkusTransaction.requiringNew()
                    .call(() -> lists.around(
                            written(wrong(asked, e.problem())), e.problem().status()));
        }
    }

    private static Written written(MigrationList list) {
        return Written.of(
                list.problem() == null ? "Migrations" : "Error: Migrations",
                Templates.list(list).render());
    }

    private MigrationList found(Asked asked, MigrationQuery query, Integer limit, String after, LocalDate today) {
        var answer = find.to(query);
        Found found = answer.page(Cursor.of(after), Paging.limit(limit));
        String address =
                Query.of(query.address("/migrations")).with("limit", limit).toString();
        return new MigrationList(
                asked,
                null,
                rows(found.items(), query, today),
                found.next().map(cursor -> Paging.link(address, cursor)).orElse(null),
                found.ended(),
                after == null ? null : address,
                answer.counts(),
                choices(asked));
    }

    private MigrationList.Rows rows(List<Migration> items, MigrationQuery query, LocalDate today) {
        var latest = runs.latestOfEach(items);
        var where = hits.of(items, query.text());
        List<MigrationRow> all = items.stream()
                .map(each -> MigrationRow.of(each, latest.get(each.id()), where.get(each.id())))
                .toList();
        return new MigrationList.Rows(
                rows.of(all, row -> row.seenOn(today), row -> Templates.row(row).render()), all.isEmpty());
    }

    private MigrationList.Choices choices(Asked asked) {
        return new MigrationList.Choices(
                Options.of(Migrations.choices(migrations.services(), asked.service()), asked.service()),
                Options.of(Migrations.choices(migrations.owners(), asked.owner()), asked.owner()),
                Options.of(environments.byTier().stream().map(Environment::key).toList(), asked.environment()));
    }

    private MigrationList wrong(Asked asked, Problem problem) {
        return new MigrationList(asked, problem, MigrationList.Rows.NONE, null, false, null, Map.of(), choices(asked));
    }
}
