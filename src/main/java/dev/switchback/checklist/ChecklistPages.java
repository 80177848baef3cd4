package dev.switchback.checklist;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.migration.RunsOfMigration;
import dev.switchback.problem.ProblemException;
import dev.switchback.web.Redirect;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** What is evidenced, by whom; and the forms that tick it off. */
@Path("/migrations/{key}/checklist")
@Produces(MediaType.TEXT_HTML)
public class ChecklistPages {

    @Inject
    Migrations migrations;

    @Inject
    RunsOfMigration runs;

    @Inject
    ReadChecklist read;

    @Inject
    TickItem tick;

    @Inject
    CallerOfRequest caller;

    /** The page. */
    @CheckedTemplate(basePath = "checklist", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance show(ChecklistPage page);
    }

    @GET
    @Transactional
    public String show(@RestPath String key) {
        return page(key, null);
    }

    /** Ticks one item off, or takes the tick away. */
    @POST
    @Path("{item}")
    public RestResponse<Object> say(@RestPath String key, @RestPath String item, @BeanParam TickForm form) {
        try {
            Optional<ChecklistTick> before = tick.tick(key, item, form.request(), caller.get());
            String back = "/migrations/" + key + "/checklist#item-" + item;
            return before.filter(form::missed)
                    .map(other -> Redirect.to(
                            back,
                            other.by() + (other.done() ? " ticked it off" : " took the tick away")
                                    + " meanwhile. Both are kept, and yours counts."))
                    .orElseGet(() -> Redirect.to(back));
        } catch (ProblemException e) {
            if (e.problem().status() == 403 || e.problem().status() == 404) {
                throw e;
            }
            var typed = new ChecklistPage.Typed(item, form, e.problem());
            String again = QuarkusTransaction.requiringNew().call(() -> page(key, typed));
            return RestResponse.ResponseBuilder.create(e.problem().status())
                    .entity((Object) again)
                    .build();
        }
    }

    private String page(String key, ChecklistPage.Typed typed) {
        Migration migration = migrations.require(key);
        return Templates.show(new ChecklistPage(migration, runs.count(migration), read.whole(migration), typed))
                .render();
    }
}
