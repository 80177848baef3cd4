package dev.switchback.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.problem.Problem;
import dev.switchback.web.Paging;
import dev.switchback.web.Query;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** The trail for programs. */
@Path("/api/v1")
@Blocking
public class AuditApi {

    @Inject
    ReadTrail trail;

    @Inject
    VerifyTrail verify;

    @Inject
    WhoActs who;

    @Inject
    ObjectMapper mapper;

    /** What is looked for, as the address says it. */
    public static class Wanted {
        @RestQuery
        String actor;

        @RestQuery
        String object;

        @RestQuery
        String action;

        @RestQuery
        String service;

        @RestQuery
        String environment;

        @RestQuery
        String since;

        @RestQuery
        String until;

        TrailQuery.Typed typed() {
            return new TrailQuery.Typed(actor, object, action, service, environment, since, until);
        }

        /** The address with these filters. */
        String at(String path) {
            return Query.of(path)
                    .with("actor", actor)
                    .with("object", object)
                    .with("action", action)
                    .with("service", service)
                    .with("environment", environment)
                    .with("since", since)
                    .with("until", until)
                    .toString();
        }
    }

    /** The entries, the newest first; with {@code format} or {@code Accept} all of them as CSV or JSON lines. */
    @GET
    @Path("/audit")
    public Response list(
            @BeanParam Wanted wanted,
            @RestQuery String format,
            @HeaderParam(HttpHeaders.ACCEPT) String accept,
            @RestQuery Integer limit,
            @RestQuery String after) {
        TrailQuery query = TrailQuery.of(wanted.typed());
        Optional<WriteEntries> export = export(format, accept);
        if (export.isPresent()) {
            return export(export.get(), query);
        }
        int size = Paging.limit(limit);
        Optional<ReadTrail.Position> place =
                Optional.ofNullable(after).map(text -> Paging.decode(text, ReadTrail.Position::read));
        List<TrailEntry> found = trail.page(query, who.sight(), place, size + 1);
        String address = limit == null ? wanted.at("/api/v1/audit") : withLimit(wanted.at("/api/v1/audit"), size);
        return Response.ok(Paging.page(
                        found,
                        size,
                        address,
                        entry -> ReadTrail.Position.of(entry).toString()))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }

    private static String withLimit(String address, int limit) {
        return address + (address.contains("?") ? "&" : "?") + "limit=" + limit;
    }

    private static Optional<WriteEntries> export(String format, String accept) {
        String wanted = format == null || format.isBlank() ? ofAccept(accept) : format;
        return switch (wanted) {
            case "json" -> Optional.empty();
            case "csv" -> Optional.of(WriteEntries.CSV);
            case "ndjson" -> Optional.of(WriteEntries.NDJSON);
            default ->
                throw Problem.content("format is “" + wanted + "”", "json, csv or ndjson")
                        .toException();
        };
    }

    private static String ofAccept(String accept) {
        String wanted = accept == null ? "" : accept;
        return wanted.startsWith("text/csv") ? "csv" : wanted.startsWith("application/x-ndjson") ? "ndjson" : "json";
    }

    private Response export(WriteEntries as, TrailQuery query) {
        // Asked now: the stream is written when the request is no longer there to be asked.
        Visible visible = who.sight();
        StreamingOutput body = out -> trail.all(query, visible, as.to(out, mapper));
        return Response.ok(body)
                .type(as.type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + as.file + "\"")
                .build();
    }

    /** Whether the chain is whole; reads all of it. */
    @GET
    @Path("/audit/verify")
    public ChainReport verify() {
        if (!who.sight().everywhere()) {
            throw Problem.forbidden(
                            "Only who may see everything can verify the trail",
                            "a role that is not limited; an admin can" + " grant it")
                    .toException();
        }
        return verify.now();
    }
}
