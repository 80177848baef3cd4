package dev.switchback.comparison;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.web.Paging;
import dev.switchback.web.Query;
import dev.switchback.web.Redirect;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Comparisons for programs. */
@Path("/api/v1")
public class ComparisonApi {

    @Inject
    CallerOfRequest caller;

    @Inject
    AskedFor askedFor;

    @Inject
    Comparisons comparisons;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    Bundle bundle;

    @Inject
    ExtendComparison extend;

    /**
     * What a judge says of two sides: of two measurements, or of all legs of a run. Asked again, the answer is the same
     * one. Several measurements of a side are named with commas, or by naming the parameter again.
     */
    @GET
    @Path("/comparisons")
    @Transactional
    public ComparisonView compare(
            @RestQuery List<String> before, @RestQuery List<String> after, @RestQuery String run) {
        return ComparisonView.of(askedFor.comparison(before, after, run, caller.get()));
    }

    /** One comparison. */
    @GET
    @Path("/comparisons/{id}")
    @Transactional
    public ComparisonView get(@RestPath long id) {
        KeptComparison kept = comparisons.require(id);
        return ComparisonView.of(kept).with(extend.of(kept));
    }

    /** Adds blocks to the side that was measured last: 202, and the measurement under way. Once. */
    @POST
    @Path("/comparisons/{id}/extend")
    public RestResponse<Object> extend(@RestPath long id) {
        long measurement = extend.extend(id, caller.get());
        return Redirect.answer(RestResponse.Status.ACCEPTED, "/api/v1/measurements/" + measurement)
                .entity(QuarkusTransaction.requiringNew().call(() -> get(id)))
                .build();
    }

    /** Everything that proves it, in one file. */
    @GET
    @Path("/comparisons/{id}/bundle.zip")
    public Response bundle(@RestPath long id) {
        byte[] zip = QuarkusTransaction.requiringNew().call(() -> zip(id));
        return Response.ok(zip)
                .type("application/zip")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"comparison-" + id + ".zip\"")
                .build();
    }

    private byte[] zip(long id) {
        var bytes = new ByteArrayOutputStream();
        try {
            bundle.write(comparisons.require(id), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a bundle could not be written to memory", e);
        }
        return bytes.toByteArray();
    }

    /** The comparisons of a migration, newest first. */
    @GET
    @Path("/migrations/{key}/comparisons")
    @Transactional
    public Paging.Page<ComparisonView> list(
            @RestPath String key, @RestQuery String environment, @RestQuery Integer limit, @RestQuery String after) {
        int size = Paging.limit(limit);
        long before = after == null ? Long.MAX_VALUE : Paging.decode(after, Long::parseLong);
        Migration migration = migrations.require(key);
        Optional<Long> place = Query.filled(environment)
                .map(each ->
                        environments.seen(each).orElseThrow(() -> unknown(each)).id());
        String address = Query.of("/api/v1/migrations/" + key + "/comparisons")
                .with("environment", environment)
                .with("limit", limit)
                .toString();
        return Paging.page(
                        comparisons.page(migration, place, before, size + 1),
                        size,
                        address,
                        each -> each.id().toString())
                .map(ComparisonView::of);
    }

    private static RuntimeException unknown(String environment) {
        return Problem.content(List.of(Violation.of(
                        "environment",
                        "There is no environment \"" + environment + "\"",
                        "the key of a registered environment")))
                .toException();
    }
}
