package dev.switchback.measurement;

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
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Measurements for programs. */
@Path("/api/v1")
public class MeasurementApi {

    @Inject
    CallerOfRequest caller;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    Measurements measurements;

    @Inject
    SamplesOf samples;

    @Inject
    KeepImported keepImported;

    @Inject
    MeasureNow measureNow;

    @Inject
    StopMeasurement stopMeasurement;

    /** One measurement with its metrics. */
    @GET
    @Path("/measurements/{id}")
    @Transactional
    public MeasurementView get(@RestPath long id) {
        Measurement measurement = measurements.require(id);
        MeasurementView view = MeasurementView.of(measurement, measurements.metricsOf(measurement));
        return measurements
                .otherSide(measurement)
                .map(other -> view.with(other.id()))
                .orElse(view);
    }

    /** The measurements of a migration, newest first. */
    @GET
    @Path("/migrations/{key}/measurements")
    @Transactional
    public Paging.Page<MeasurementView> list(
            @RestPath String key,
            @RestQuery String environment,
            @RestQuery String moment,
            @RestQuery Integer limit,
            @RestQuery String after) {
        int size = Paging.limit(limit);
        long before = after == null ? Long.MAX_VALUE : Paging.decode(after, Long::parseLong);
        Migration migration = migrations.require(key);
        Optional<Long> place = Query.filled(environment)
                .map(each -> environments
                        .seen(each)
                        .orElseThrow(() -> Problem.content(List.of(Wrong.environment(each)))
                                .toException())
                        .id());
        List<Measurement> found =
                measurements.page(migration, place, Query.filled(moment).map(MeasurementApi::moment), before, size + 1);
        String address = Query.of("/api/v1/migrations/" + key + "/measurements")
                .with("environment", environment)
                .with("moment", moment)
                .with("limit", limit)
                .toString();
        var page = Paging.page(found, size, address, each -> each.id().toString());
        Map<Long, List<MeasuredMetric>> metrics = measurements.metricsOf(page.items());
        return page.map(each -> MeasurementView.of(each, metrics.getOrDefault(each.id(), List.of())));
    }

    private static Moment moment(String word) {
        return Moment.of(word)
                .orElseThrow(() -> Problem.content(List.of(Wrong.moment(word))).toException());
    }

    /** Every sample as a table, as they were taken; of one metric when it is named. However many: a part is in memory. */
    @GET
    @Path("/measurements/{id}/samples")
    public Response samples(@RestPath long id, @RestQuery String metric) {
        Map<Long, String> wanted = QuarkusTransaction.requiringNew().call(() -> wanted(id, metric));
        StreamingOutput body = out -> write(wanted, out);
        return Response.ok(body)
                .type("text/csv; charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"measurement-" + id + ".csv\"")
                .build();
    }

    private Map<Long, String> wanted(long id, String metric) {
        List<MeasuredMetric> metrics = measurements.metricsOf(measurements.require(id));
        var wanted = new java.util.LinkedHashMap<Long, String>();
        metrics.stream()
                .filter(each -> metric == null || each.name().equals(metric))
                .forEach(each -> wanted.put(each.id(), each.name()));
        if (wanted.isEmpty() && metric != null) {
            throw Problem.content(List.of(Violation.of(
                            "metric",
                            "Measurement " + id + " has no metric \"" + metric + "\"",
                            "one of: "
                                    + String.join(
                                            ", ",
                                            metrics.stream()
                                                    .map(MeasuredMetric::name)
                                                    .toList()))))
                    .toException();
        }
        wanted.keySet().forEach(this::requireKept);
        return wanted;
    }

    private void requireKept(long metric) {
        samples.removedAt(metric).ifPresent(at -> {
            throw Problem.notFound(
                            "The samples were removed at " + at + ", when their time was over; their hashes stay",
                            "a younger measurement")
                    .toException();
        });
    }

    private void write(Map<Long, String> wanted, OutputStream out) throws IOException {
        var csv = new SamplesAsCsv(out);
        wanted.forEach((id, name) -> QuarkusTransaction.requiringNew().run(() -> samples.each(id, csv.of(name))));
        csv.end();
    }

    /** What is to be measured; the migration stands in the address. */
    public record Body(String environment, String moment, List<String> metrics, String amount, Beside beside) {}

    /** Measures now: 202, and the measurement under way. */
    @POST
    @Path("/migrations/{key}/measurements")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Object> measure(@RestPath String key, Body body) {
        if (body == null) {
            throw Problem.syntax("There is no body", "{\"environment\": …, \"moment\": …}")
                    .toException();
        }
        long id = measureNow.measure(
                new MeasureNow.Request(
                        key, body.environment(), body.moment(), body.metrics(), body.amount(), body.beside()),
                caller.get());
        return Redirect.answer(RestResponse.Status.ACCEPTED, "/api/v1/measurements/" + id)
                .entity(QuarkusTransaction.requiringNew().call(() -> get(id)))
                .build();
    }

    /** Ends a measurement; what was taken stands, and is never judged. */
    @POST
    @Path("/measurements/{id}/stop")
    public MeasurementView stop(@RestPath long id) {
        stopMeasurement.stop(id, caller.get());
        return QuarkusTransaction.requiringNew().call(() -> get(id));
    }

    /** Keeps samples that another tool took. */
    @POST
    @Path("/migrations/{key}/measurements/import")
    @Consumes({"text/csv", "application/x-ndjson", "application/jsonl"})
    public RestResponse<Object> importSamples(
            @RestPath String key,
            @RestQuery String environment,
            @RestQuery String moment,
            @RestQuery String metric,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
            InputStream body)
            throws IOException {
        if (type == null) {
            throw Problem.content("There is no Content-Type", "text/csv, or application/x-ndjson")
                    .toException();
        }
        byte[] file = body.readNBytes(ImportSamples.BYTES + 1);
        ImportSamples.Form form = MediaType.valueOf(type).getSubtype().equals("csv")
                ? ImportSamples.Form.TABLE
                : ImportSamples.Form.JSON_LINES;
        Measurement made =
                keepImported.keep(new KeepImported.Request(key, environment, moment, metric), file, form, caller.get());
        return Redirect.answer(RestResponse.Status.CREATED, "/api/v1/measurements/" + made.id())
                .entity(QuarkusTransaction.requiringNew().call(() -> get(made.id())))
                .build();
    }
}
