package dev.switchback.preview;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.run.Purpose;
import dev.switchback.run.Runs;
import dev.switchback.runbook.Runbook;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;

/** What would be executed, for programs. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
public class PreviewApi {

    @Inject
    ShowPreview show;

    @Inject
    AskRows askRows;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    Runs runs;

    @Inject
    CallerOfRequest caller;

    /**
     * What is to be looked at.
     *
     * @param environment where
     * @param purpose {@code rehearsal, live} or {@code rollback}; by default live in production, else a rehearsal
     * @param revision by default the newest
     * @param finish of a rehearsal: {@code applied}, the default, or {@code restored}
     * @param measure {@code full}, the default, {@code quick} or {@code none}
     * @param rows whether the databases are asked how many rows; by default when the one who asks may ask them
     */
    public record PreviewRequest(
            String environment, String purpose, Integer revision, String finish, String measure, Boolean rows) {}

    /** What a run that exists executes; no target is asked. */
    @GET
    @Path("/runs/{id}/preview")
    @Transactional
    public Preview ofRun(@RestPath long id) {
        return show.of(runs.require(id));
    }

    private record Looked(Preview preview, Runbook runbook, EnvironmentContent environment) {}

    /** What a run would execute. */
    @POST
    @Path("/migrations/{key}/preview")
    public Preview preview(@RestPath String key, PreviewRequest body) {
        if (body == null) {
            throw Problem.syntax("The request has no body", "a JSON object").toException();
        }
        boolean[] ask = {false};
        Looked looked = QuarkusTransaction.requiringNew().call(() -> {
            Migration migration = migrations.require(key);
            var environment = environments.require(filled(body.environment()));
            Where where = Where.of(migration.service(), environment.key());
            caller.get().require(Right.READ, where);
            ask[0] = asks(body.rows(), where);
            MigrationRevision revision = body.revision() == null
                    ? migrations.present(migration)
                    : migrations.requireRevision(migration, body.revision());
            EnvironmentContent content = environment.content();
            Purpose purpose = purpose(body.purpose(), content);
            Preview preview = show.of(
                    revision,
                    content,
                    purpose,
                    among("finish", body.finish(), "applied", "restored"),
                    among("measure", body.measure(), "full", "quick", "none"),
                    List.of());
            return new Looked(preview, Runbook.of(revision), content);
        });
        return ask[0] ? askRows.ask(looked.preview(), looked.runbook(), looked.environment()) : looked.preview();
    }

    private boolean asks(Boolean wanted, Where where) {
        if (Boolean.TRUE.equals(wanted)) {
            caller.get().require(Right.CHECK, where);
        }
        return wanted == null ? caller.get().may(Right.CHECK, where) : wanted;
    }

    private static String filled(String environment) {
        if (environment == null || environment.isBlank()) {
            throw wrong("environment", "No environment is named", "the key of a registered environment");
        }
        return environment;
    }

    static Purpose purpose(String word, EnvironmentContent environment) {
        if (word == null || word.isBlank()) {
            return environment.tier().isProduction() ? Purpose.LIVE : Purpose.REHEARSAL;
        }
        return Purpose.of(word)
                .orElseThrow(
                        () -> wrong("purpose", "There is no purpose \"" + word + "\"", "rehearsal, live or rollback"));
    }

    private static String among(String field, String said, String usual, String... others) {
        String word = said == null ? usual : said;
        if (!word.equals(usual) && !Set.of(others).contains(word)) {
            throw wrong(field, field + " is \"" + word + "\"", usual + " or " + String.join(" or ", others));
        }
        return word;
    }

    private static dev.switchback.problem.ProblemException wrong(String field, String message, String expected) {
        return Problem.content(List.of(Violation.of(field, message, expected))).toException();
    }
}
