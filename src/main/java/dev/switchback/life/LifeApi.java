package dev.switchback.life;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.exchange.MigrationView;
import dev.switchback.life.DecideMigration.Words;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.LifeVerb;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** A person's decisions about a migration, for programs. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
public class LifeApi {

    @Inject
    Migrations migrations;

    @Inject
    Decisions decisions;

    @Inject
    DecideMigration decide;

    @Inject
    CallerOfRequest caller;

    /** Why, and what else a verb wants to know. */
    public record Body(String note, String owner, String key, String title) {
        Words words() {
            return new Words(note, owner, key, title);
        }
    }

    /** Everything that was decided, newest first. */
    public record DecisionList(List<DecisionView> items) {}

    /** Says something about the whole migration; answers it as it is now. */
    @POST
    @Path("/migrations/{key}/{verb: review|done|abandon|reopen|hand-over|archive|unarchive}")
    @Transactional
    public RestResponse<JsonNode> decide(@RestPath String key, @RestPath String verb, Body body) {
        Migration now = decide.decide(key, LifeVerb.of(verb).orElseThrow(), words(body), caller.get());
        return MigrationView.answer(RestResponse.Status.OK, now, migrations.present(now))
                .build();
    }

    /** Makes a copy; answers the copy. */
    @POST
    @Path("/migrations/{key}/duplicate")
    @Transactional
    public RestResponse<JsonNode> duplicate(@RestPath String key, Body body) {
        Migration made = decide.decide(key, LifeVerb.DUPLICATE, words(body), caller.get());
        return MigrationView.answer(RestResponse.Status.CREATED, made, migrations.present(made))
                .header("Location", "/api/v1/migrations/" + made.key())
                .build();
    }

    /** What was decided about it: the latest 500, newest first. */
    @GET
    @Path("/migrations/{key}/decisions")
    @Transactional
    public DecisionList decisions(@RestPath String key) {
        return new DecisionList(decisions.of(migrations.require(key)).stream()
                .map(DecisionView::of)
                .toList());
    }

    private static Words words(Body body) {
        return body == null ? Words.note(null) : body.words();
    }
}
