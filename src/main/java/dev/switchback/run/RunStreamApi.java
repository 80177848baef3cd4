package dev.switchback.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.problem.Problem;
import dev.switchback.web.Query;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The log and the events of a run, as streams that lose nothing. */
@Path("/api/v1")
public class RunStreamApi {

    private static final int AT_ONCE = 1000;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Set<String> FORMATS = Set.of("full", "ndjson");

    @Inject
    Runs runs;

    @Inject
    RunLog log;

    @Inject
    RunFeed feed;

    @Inject
    ObjectMapper mapper;

    @Inject
    ExecutorService workers;

    /** Events in order; resumes behind {@code Last-Event-ID}; ends when the run is over. */
    @GET
    @Path("/runs/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    public Multi<OutboundSseEvent> events(
            @RestPath long id, @HeaderParam("Last-Event-ID") String lastEventId, @Context Sse sse) {
        QuarkusTransaction.requiringNew().run(() -> runs.require(id));
        int after = position(lastEventId);
        Multi<OutboundSseEvent> events = NewsStream.of(
                feed,
                id,
                workers,
                (Integer no) -> QuarkusTransaction.requiringNew().call(() -> eventsAfter(id, no, sse)),
                after);
        Multi<OutboundSseEvent> heartbeat = Multi.createFrom()
                .ticks()
                .every(HEARTBEAT)
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("here").build());
        return NewsStream.withHeartbeat(events, heartbeat);
    }

    private NewsStream.Batch<Integer, OutboundSseEvent> eventsAfter(long id, int no, Sse sse) {
        Run run = runs.findById(id);
        boolean over = run.state().isFinal();
        List<RunEvent> found = runs.eventsAfter(id, no, AT_ONCE);
        var out = new ArrayList<OutboundSseEvent>();
        for (RunEvent event : found) {
            out.add(sse.newEventBuilder()
                    .id(String.valueOf(event.no()))
                    .name(event.stepId() == null ? "run" : "step")
                    .data(json(RunEventView.of(id, event)))
                    .build());
        }
        int last = found.isEmpty() ? no : found.get(found.size() - 1).no();
        return new NewsStream.Batch<>(out, last, over && found.size() < AT_ONCE);
    }

    private static int position(String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return 0;
        }
        try {
            return Integer.parseInt(lastEventId.trim());
        } catch (NumberFormatException e) {
            throw Problem.syntax("Last-Event-ID is not a number", "the id of the last event that arrived")
                    .toException();
        }
    }

    /**
     * The log. Without {@code format} the printed lines only, bare; {@code full} adds time, stream and engine lines;
     * {@code ndjson} is one object a line.
     *
     * @param after only lines behind this number
     * @param followed stay until the run is over
     */
    @GET
    @Path("/runs/{id}/log")
    public Response log(
            @RestPath long id,
            @RestQuery String step,
            @RestQuery String leg,
            @RestQuery Long after,
            @RestQuery("follow") String followed,
            @RestQuery String format,
            @Context UriInfo address) {
        boolean follow = Query.flag("follow", followed, address);
        if (format != null && !FORMATS.contains(format)) {
            throw Problem.content("There is no log format " + format, "full, ndjson, or none for the bare lines")
                    .toException();
        }
        RunLog.Part part = QuarkusTransaction.requiringNew().call(() -> part(id, step, leg));
        Purpose purpose =
                QuarkusTransaction.requiringNew().call(() -> runs.findById(id).purpose());
        StreamingOutput body = out -> write(out, part, after == null ? 0 : after, follow, format, purpose);
        return Response.ok(body)
                .type("ndjson".equals(format) ? "application/x-ndjson" : "text/plain; charset=UTF-8")
                .build();
    }

    private RunLog.Part part(long id, String step, String leg) {
        Run run = runs.require(id);
        List<RunStep> steps = runs.steps(run);
        if (step != null && steps.stream().noneMatch(s -> s.stepId().equals(step))) {
            throw Problem.notFound("Run " + id + " has no step \"" + step + "\"", "the id of one of its steps")
                    .toException();
        }
        if (leg != null && !Set.of("forward", "back", "again").contains(leg)) {
            throw Problem.content("There is no leg " + leg, "forward, back or again")
                    .toException();
        }
        OptionalInt legNo = leg == null
                ? OptionalInt.empty()
                : steps.stream()
                        .filter(s -> s.leg().word().equals(leg))
                        .mapToInt(RunStep::legNo)
                        .max();
        return new RunLog.Part(id, step, leg != null && legNo.isEmpty() ? OptionalInt.of(-1) : legNo);
    }

    private void write(OutputStream out, RunLog.Part part, long after, boolean follow, String format, Purpose purpose)
            throws IOException {
        var news = new Semaphore(0);
        try (var subscription = feed.onChange(part.runId(), news::release)) {
            long last = after;
            while (true) {
                boolean over = !follow || isOver(part.runId());
                List<LogLine> lines = log.after(part, last, AT_ONCE);
                for (LogLine line : lines) {
                    writeLine(out, line, format, purpose);
                    last = line.no();
                }
                if (lines.size() < AT_ONCE) {
                    out.flush();
                    if (over || !waitFor(news)) {
                        return;
                    }
                }
            }
        }
    }

    private boolean isOver(long id) {
        return QuarkusTransaction.requiringNew()
                .call(() -> runs.findById(id).state().isFinal());
    }

    private static boolean waitFor(Semaphore news) {
        try {
            if (news.tryAcquire(1, TimeUnit.SECONDS)) {
                news.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void writeLine(OutputStream out, LogLine line, String format, Purpose purpose) throws IOException {
        if (format == null) {
            if (line.stream() != dev.switchback.step.StepLog.Stream.ENGINE) {
                out.write((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } else if (format.equals("full")) {
            out.write((line.at() + " " + stream(line) + " " + line.text() + "\n").getBytes(StandardCharsets.UTF_8));
        } else {
            out.write((json(ndjson(line, purpose)) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Map<String, Object> ndjson(LogLine line, Purpose purpose) {
        var members = new LinkedHashMap<String, Object>();
        members.put("no", line.no());
        members.put("at", line.at().toString());
        members.put("stream", stream(line));
        members.put("step", line.stepId());
        members.put("leg", Leg.of(purpose, line.legNo()).word());
        members.put("legNo", line.legNo());
        members.put("attempt", line.attempt());
        members.put("text", line.text());
        return members;
    }

    private static String stream(LogLine line) {
        return switch (line.stream()) {
            case OUT -> "stdout";
            case ERR -> "stderr";
            case ENGINE -> "engine";
        };
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view can always be written", e);
        }
    }
}
