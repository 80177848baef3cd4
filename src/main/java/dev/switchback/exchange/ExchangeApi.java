package dev.switchback.exchange;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.shape.Limits;
import dev.switchback.web.IfMatch;
import dev.switchback.web.Note;
import dev.switchback.web.Query;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Runbook files in and out, for programs. */
@Path("/api/v1")
public class ExchangeApi {

    private static final String YAML = "application/yaml";

    @Inject
    ImportFile importFile;

    @Inject
    Environments environments;

    @Inject
    Migrations migrations;

    @Inject
    CallerOfRequest caller;

    /** Takes a file over, all of it or nothing; with {@code dryRun} only says what it would do. */
    @POST
    @Path("import")
    @Consumes({YAML, "application/x-yaml", "text/yaml", MediaType.TEXT_PLAIN})
    @Produces(MediaType.APPLICATION_JSON)
    public ImportFile.Result importFile(
            @RestQuery("dryRun") String wish, @RestQuery String note, @Context UriInfo address, byte[] body) {
        boolean dryRun = Query.flag("dryRun", wish, address);
        ReadFile file = RunbookFileReader.read(fitting(body == null ? new byte[0] : body));
        ImportFile.Result result = dryRun
                ? importFile.check(file, caller.get())
                : importFile.apply(file, Note.of("note", note), caller.get());
        if (!result.isFine()) {
            throw Problem.content(result.problems())
                    .with("problems", result.problems())
                    .with("dryRun", dryRun)
                    .toException();
        }
        return result;
    }

    private static byte[] fitting(byte[] body) {
        if (body.length > Limits.FILE_BYTES) {
            throw Problem.tooLarge(
                            "The file has " + body.length + " bytes", "at most " + Limits.FILE_BYTES + " bytes (5 MiB)")
                    .toException();
        }
        return body;
    }

    /** The migration's file, as somebody wrote it. */
    @GET
    @Path("migrations/{key}/export")
    @Produces(YAML)
    @Transactional
    public Response migration(@RestPath String key, @RestQuery Integer revision) {
        var migration = migrations.require(key);
        var wanted = revision == null ? migrations.present(migration) : migrations.requireRevision(migration, revision);
        return file(key, migrations.text(wanted), wanted.etag());
    }

    /** The environment's file, as somebody wrote it. */
    @GET
    @Path("environments/{key}/export")
    @Produces(YAML)
    @Transactional
    public Response environment(@RestPath String key) {
        var environment = environments.require(key);
        return file(key, environment.source(), environment.etag());
    }

    private static Response file(String key, String source, String etag) {
        return Response.ok(source)
                .type(MediaType.valueOf(YAML + ";charset=UTF-8"))
                .header("Content-Disposition", "attachment; filename=\"" + key + ".yaml\"")
                .header("ETag", IfMatch.etag(etag))
                .build();
    }
}
