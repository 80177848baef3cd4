package dev.switchback.life;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Owners;
import dev.switchback.access.Right;
import dev.switchback.migration.LifeVerb;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.platform.InTurn;
import dev.switchback.problem.Problem;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The last look before a decision about a migration: what it means, why, and one button. */
@Path("/migrations/{key}/decide")
@Produces(MediaType.TEXT_HTML)
public class LifePages {

    @Inject
    Migrations migrations;

    @Inject
    LookAtLife life;

    @Inject
    DecideMigration decide;

    @Inject
    Owners owners;

    @Inject
    CopyMigration copy;

    @Inject
    DeleteDraft deleteDraft;

    @Inject
    InTurn inTurn;

    @Inject
    CallerOfRequest caller;

    /** The page. */
    @CheckedTemplate(basePath = "life", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance decide(DecidePage page);
    }

    /** Everything that can be decided stands on the page of the migration. */
    @GET
    @Transactional
    public RestResponse<Object> all(@RestPath String key) {
        return Redirect.to("/migrations/" + migrations.require(key).key() + "#life");
    }

    @GET
    @Path("{verb}")
    @Transactional
    public String look(@RestPath String key, @RestPath String verb) {
        Migration migration = migrations.require(key);
        LifeVerb wanted = verb(verb);
        caller.get().require(wanted.right(), migration.where());
        life.require(migration, wanted);
        var form = new DecideForm();
        form.revision = migration.revision();
        if (wanted == LifeVerb.DUPLICATE) {
            form.key = copy.freeKey(migration);
            form.title = CopyMigration.title(migration);
        }
        return page(migration, wanted, form, null);
    }

    @POST
    @Path("{verb}")
    public RestResponse<Object> say(@RestPath String key, @RestPath String verb, @BeanParam DecideForm form) {
        LifeVerb wanted = verb(verb);
        try {
            return QuarkusTransaction.requiringNew().call(() -> carryOut(key, wanted, form));
        } catch (ProblemException e) {
            if (e.problem().status() == 403 || e.problem().status() == 404) {
                throw e;
            }
            String again = QuarkusTransaction.requiringNew()
                    .call(() -> page(migrations.require(key), wanted, form, e.problem()));
            return RestResponse.ResponseBuilder.create(e.problem().status())
                    .entity((Object) again)
                    .build();
        }
    }

    private RestResponse<Object> carryOut(String key, LifeVerb verb, DecideForm form) {
        if (verb == LifeVerb.DELETE) {
            return delete(key, form);
        }
        Migration now = decide.decide(key, verb, form.words(), caller.get());
        return Redirect.to("/migrations/" + now.key(), sentence(verb, now));
    }

    private RestResponse<Object> delete(String key, DecideForm form) {
        caller.get().requireScope("author");
        inTurn.take();
        Migration migration = migrations.require(key);
        caller.get().require(Right.AUTHOR, migration.where());
        if (form.revision == null || form.revision != migration.revision()) {
            throw Problem.conflict(
                            key + " is at revision " + migration.revision() + " now, which you have not seen",
                            "a look at the present revision first")
                    .toException();
        }
        String title = migration.title();
        deleteDraft.delete(migration);
        return Redirect.to("/migrations", "“" + title + "” is deleted.");
    }

    private static String sentence(LifeVerb verb, Migration now) {
        return switch (verb) {
            case HAND_OVER -> "Handed over to " + now.owner() + ".";
            case DUPLICATE -> "This is the copy. Change what is different about it.";
            default -> verb.past() + ".";
        };
    }

    private String page(Migration migration, LifeVerb verb, DecideForm form, Problem problem) {
        return Templates.decide(new DecidePage(migration, verb, form, owners.suggested(migrations.owners()), problem))
                .render();
    }

    private static LifeVerb verb(String word) {
        return LifeVerb.of(word)
                .orElseThrow(() -> Problem.notFound(
                                "There is nothing called " + word + " to decide", "one of the decisions on its page")
                        .toException());
    }
}
