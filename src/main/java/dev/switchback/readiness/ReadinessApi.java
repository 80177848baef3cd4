package dev.switchback.readiness;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.run.GateTable;
import dev.switchback.run.Gatekeeper.Question;
import dev.switchback.web.Query;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The go/no-go table for programs. */
@Path("/api/v1/migrations/{key}/readiness")
@Consumes(MediaType.APPLICATION_JSON)
public class ReadinessApi {

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    ShowReadiness show;

    @Inject
    AskReadiness readiness;

    @Inject
    CallerOfRequest caller;

    /** Where it is to be asked. */
    public record AskRequest(String environment, Integer revision) {}

    /** From what is known: no target is asked. */
    @GET
    public ReadinessView look(@RestPath String key, @RestQuery String environment, @RestQuery Integer revision) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Asked asked = asked(key, environment, revision, false);
            return asked.view(readiness.look(asked.question()));
        });
    }

    /** After asking the targets: who they are, whether they answer, and whether what the way back needs is there. */
    @POST
    public ReadinessView ask(@RestPath String key, AskRequest body) {
        if (body == null) {
            throw Problem.syntax("The request has no body", "a JSON object with an environment")
                    .toException();
        }
        caller.get().requireScope("operate");
        Asked asked =
                QuarkusTransaction.requiringNew().call(() -> asked(key, body.environment(), body.revision(), true));
        return asked.view(readiness.ask(asked.question()));
    }

    private record Asked(String migration, String environment, int revision, Question question) {
        ReadinessView view(GateTable table) {
            return ReadinessView.of(migration, environment, revision, table);
        }
    }

    private Asked asked(String key, String place, Integer number, boolean asksTargets) {
        Migration migration = migrations.require(key);
        String named = Query.filled(place)
                .orElseThrow(() -> Problem.content(List.of(Violation.of(
                                "environment", "No environment is named", "the key of a registered environment")))
                        .toException());
        Environment environment = environments.require(named);
        caller.get().require(asksTargets ? Right.CHECK : Right.READ, Where.of(migration.service(), environment.key()));
        MigrationRevision revision =
                number == null ? migrations.present(migration) : migrations.requireRevision(migration, number);
        return new Asked(
                migration.key(),
                environment.key(),
                revision.number(),
                show.question(migration, revision, environment, null));
    }
}
