package dev.switchback.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.access.Standing;
import dev.switchback.access.Where;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The log and the events of a run, as streams that lose nothing. Each ends within seconds when its reader may not read the
 * run any more.
 */
@Path("/api/v1")
public class RunStreamApi {

    private static final int AT_ONCE = 1000;
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Set<String> FORMATS = Set.of("full", "ndjson");

    @Inject
    Runs runs;

    @Inject
    RunLog log;

    @Inject
    RunFeed feed;

    @Inject
    Standing standing;

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
        Where where =
                QuarkusTransaction.requiringNew().call(() -> runs.require(id).where());
        BooleanSupplier allowed = standing.mayStillRead(where);
        int after = position(lastEventId);
        Multi<OutboundSseEvent> events = NewsStream.of(
                feed,
                id,
                workers,
                (Integer no) -> allowed.getAsBoolean()
                        ? QuarkusTransaction.requiringNew().call(() -> eventsAfter(id, no, sse))
                        : new NewsStream.Batch<>(List.of(), no, true),
                after);
        Multi<OutboundSseEvent> heartbeat = Multi.createFrom()
                .ticks()
                .every(HEARTBEAT)
                .onOverflow()
                .drop()
                .emitOn(workers)
                .select()
                .first(tick -> allowed.getAsBoolean())
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
     * {@code ndjson} is one object a line. However long it is, about a megabyte of it is in memory at a time.
     *
     * @param after only lines behind this number
     * @param lines only these: {@code 120-140}
     * @param q only lines that contain this text, capital or small letters alike
     * @param followed stay until the run is over
     */
    @GET
    @Path("/runs/{id}/log")
    public Response log(
            @RestPath long id,
            @RestQuery String step,
            @RestQuery String leg,
            @RestQuery Long after,
            @RestQuery String lines,
            @RestQuery String q,
            @RestQuery("follow") String followed,
            @RestQuery String format,
            @Context UriInfo address) {
        boolean follow = Query.flag("follow", followed, address);
        if (format != null && !FORMATS.contains(format)) {
            throw Problem.content("There is no log format " + format, "full, ndjson, or none for the bare lines")
                    .toException();
        }
        LogWish wish = LogWish.of(null, null, lines, q, after);
        QuarkusTransaction.requiringNew().run(() -> parts(id, step, leg));
        Run run = QuarkusTransaction.requiringNew().call(() -> runs.require(id));
        var writer = new LogWriter(mapper, format, run.purpose());
        BooleanSupplier allowed = standing.mayStillRead(run.where());
        StreamingOutput body = out -> write(out, id, step, leg, wish, follow, writer, allowed);
        return Response.ok(body)
                .type("ndjson".equals(format) ? "application/x-ndjson" : "text/plain; charset=UTF-8")
                .build();
    }

    /** What has to be read, one after the other: of a step that was done on several legs, each leg. */
    private List<RunLog.Part> parts(long id, String step, String leg) {
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
        if (step == null && leg == null) {
            return List.of(RunLog.Part.whole(id));
        }
        var legs = steps.stream()
                .filter(s -> leg == null || s.leg().word().equals(leg))
                .filter(s -> step == null || s.stepId().equals(step))
                .mapToInt(RunStep::legNo)
                .distinct()
                .sorted();
        OptionalInt last = leg == null ? OptionalInt.empty() : legs.max();
        if (leg != null) {
            return last.isEmpty() ? List.of() : List.of(new RunLog.Part(id, step, last));
        }
        return legs.mapToObj(no -> new RunLog.Part(id, step, OptionalInt.of(no)))
                .toList();
    }

    private void write(
            OutputStream out,
            long id,
            String step,
            String leg,
            LogWish wish,
            boolean follow,
            LogWriter writer,
            BooleanSupplier allowed)
            throws IOException {
        var news = new Semaphore(0);
        var read = new HashMap<RunLog.Part, Long>();
        try (var subscription = feed.onChange(id, news::release)) {
            while (allowed.getAsBoolean()) {
                boolean over = !follow || isOver(id);
                for (RunLog.Part part : QuarkusTransaction.requiringNew().call(() -> parts(id, step, leg))) {
                    long from = read.getOrDefault(part, Math.max(wish.after(), wish.from() - 1));
                    read.put(part, writeFrom(out, part, from, wish, writer, allowed));
                }
                out.flush();
                if (over || !waitFor(news)) {
                    return;
                }
            }
        }
    }

    private long writeFrom(
            OutputStream out, RunLog.Part part, long from, LogWish wish, LogWriter writer, BooleanSupplier allowed)
            throws IOException {
        long last = from;
        Predicate<LogLine> wanted = wish.wanted();
        List<LogLine> lines = log.chunksAfter(part, last);
        while (!lines.isEmpty() && allowed.getAsBoolean() && (wish.to() == 0 || last < wish.to())) {
            for (LogLine line : lines) {
                last = line.no();
                if (wanted.test(line)) {
                    writer.write(out, line);
                }
            }
            lines = log.chunksAfter(part, last);
        }
        return last;
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

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view can always be written", e);
        }
    }
}
