package dev.switchback.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Sight;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.web.Paging;
import dev.switchback.web.Query;
import dev.switchback.web.Redirect;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Runs for programs. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
public class RunApi {

    private static final int KEY_AT_MOST = 200;
    private static final int TEXT_AT_MOST = 10_000;

    @Inject
    Sight sight;

    @Inject
    CallerOfRequest caller;

    @Inject
    Runs runs;

    @Inject
    StartRun startRun;

    @Inject
    RunEvidence evidence;

    @Inject
    DecideRun decideRun;

    @Inject
    DecideStep decideStep;

    @Inject
    DecideApproval decideApproval;

    /** What a start says; the migration stands in the address. */
    public record StartRequest(
            String environment,
            String purpose,
            Integer revision,
            String finish,
            String measure,
            Instant startAt,
            BreakGlass breakGlass) {}

    /**
     * Going ahead against closed gates.
     *
     * @param gates the keys of those gates; default all that are closed
     */
    public record BreakGlass(String reason, List<String> gates) {}

    /** Why. */
    public record ReasonRequest(String reason) {}

    /** What somebody says about a step. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NoteRequest(String note, String evidence) {}

    /** Starts a run. */
    @POST
    @Path("/migrations/{key}/runs")
    public RestResponse<Object> start(
            @RestPath String key, @HeaderParam("Idempotency-Key") String idempotencyKey, StartRequest body) {
        StartRequest said = required(body);
        String reason = said.breakGlass() == null
                ? null
                : fitting("breakGlass.reason", said.breakGlass().reason());
        if (said.breakGlass() != null && (reason == null || reason.isBlank())) {
            throw Problem.content(List.of(
                            Violation.of("breakGlass.reason", "Breaking glass needs a reason", "why it cannot wait")))
                    .toException();
        }
        Run run = startRun.start(
                new StartRun.Request(
                        key,
                        said.environment(),
                        said.purpose(),
                        said.revision(),
                        null,
                        said.finish(),
                        said.measure(),
                        said.startAt(),
                        reason,
                        said.breakGlass() == null ? null : said.breakGlass().gates()),
                caller.get(),
                key(idempotencyKey, key + said));
        return created(run.id());
    }

    private static <T> T required(T body) {
        if (body == null) {
            throw Problem.syntax("The request has no body", "a JSON object").toException();
        }
        return body;
    }

    private static Optional<IdempotencyKey> key(String sent, String request) {
        if (sent == null) {
            return Optional.empty();
        }
        if (sent.isBlank() || sent.length() > KEY_AT_MOST) {
            throw Problem.syntax("The Idempotency-Key is empty or too long", "1 to " + KEY_AT_MOST + " characters")
                    .toException();
        }
        return Optional.of(new IdempotencyKey(sent, digest(request)));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private RestResponse<Object> created(long id) {
        return Redirect.answer(RestResponse.Status.CREATED, "/api/v1/runs/" + id)
                .entity(get(id))
                .build();
    }

    /** The runs, newest first. */
    @GET
    @Path("/runs")
    @Transactional
    public Paging.Page<RunView> list(
            @RestQuery String state,
            @RestQuery String environment,
            @RestQuery String service,
            @RestQuery String migration,
            @RestQuery Integer limit,
            @RestQuery String after) {
        int size = Paging.limit(limit);
        long before = after == null ? Long.MAX_VALUE : Paging.decode(after, Long::parseLong);
        var query = new RunQuery(
                        Query.filled(state).map(RunApi::state),
                        Query.filled(environment),
                        Query.filled(service),
                        Query.filled(migration))
                .within(sight.seen());
        List<Run> found = runs.matching(query, before, size + 1);
        String address = Query.of("/api/v1/runs")
                .with("state", state)
                .with("environment", environment)
                .with("service", service)
                .with("migration", migration)
                .with("limit", limit)
                .toString();
        var page = Paging.page(found, size, address, run -> run.id().toString());
        Map<Long, List<RunStep>> steps = runs.stepsOf(page.items()).stream()
                .collect(Collectors.groupingBy(step -> step.run().id()));
        Map<Long, RunEvidence.Collected> known = evidence.of(page.items());
        return page.map(run -> RunView.of(
                run,
                steps.getOrDefault(run.id(), List.of()),
                known.getOrDefault(run.id(), RunEvidence.Collected.NONE)));
    }

    private static RunState state(String word) {
        try {
            return RunState.of(word);
        } catch (IllegalArgumentException e) {
            throw Problem.content("There is no run state " + word, "one of the states of a run")
                    .toException();
        }
    }

    /** One run with its steps. */
    @GET
    @Path("/runs/{id}")
    @Transactional
    public RunView get(@RestPath long id) {
        Run run = runs.require(id);
        return RunView.of(run, runs.steps(run), evidence.of(List.of(run)).getOrDefault(id, RunEvidence.Collected.NONE));
    }

    @POST
    @Path("/runs/{id}/pause")
    public RunView pause(@RestPath long id, ReasonRequest body) {
        decideRun.pause(id, caller.get(), reason(body));
        return get(id);
    }

    @POST
    @Path("/runs/{id}/resume")
    public RunView resume(@RestPath long id, ReasonRequest body) {
        decideRun.resume(id, caller.get(), reason(body));
        return get(id);
    }

    @POST
    @Path("/runs/{id}/abort")
    public RunView abort(@RestPath long id, ReasonRequest body) {
        decideRun.abort(id, caller.get(), reason(body));
        return get(id);
    }

    /** What a person says to a run before it starts; the hash is of what they read. */
    public record ApprovalRequest(String reason, String revisionHash) {}

    /** Says yes. */
    @POST
    @Path("/runs/{id}/approve")
    public RunView approve(@RestPath long id, ApprovalRequest body) {
        decideApproval.approve(
                id,
                caller.get(),
                body == null ? null : fitting("reason", body.reason()),
                body == null ? null : body.revisionHash());
        return get(id);
    }

    @POST
    @Path("/runs/{id}/reject")
    public RunView reject(@RestPath long id, ReasonRequest body) {
        decideApproval.reject(id, caller.get(), reason(body));
        return get(id);
    }

    @POST
    @Path("/runs/{id}/withdraw")
    public RunView withdraw(@RestPath long id, ReasonRequest body) {
        decideApproval.withdraw(id, caller.get(), reason(body));
        return get(id);
    }

    /** What somebody found who looked at a broken glass. */
    public record ReviewRequest(String note, String reason) {}

    /** Closes the review of a run that went ahead against a gate. */
    @POST
    @Path("/runs/{id}/review")
    public RunView review(@RestPath long id, ReviewRequest body) {
        String said = body == null ? null : body.note() == null ? body.reason() : body.note();
        decideApproval.review(id, caller.get(), fitting("note", said));
        return get(id);
    }

    /** Takes a run back: 200 with the run, or 201 with the new run when this one is over. */
    @POST
    @Path("/runs/{id}/rollback")
    public RestResponse<Object> rollback(@RestPath long id, ReasonRequest body) {
        Run run = decideRun.rollback(id, caller.get(), reason(body));
        return run.id() == id ? RestResponse.ok(get(id)) : created(run.id());
    }

    private static String reason(ReasonRequest body) {
        return body == null ? null : fitting("reason", body.reason());
    }

    private static String fitting(String field, String text) {
        if (text != null && text.length() > TEXT_AT_MOST) {
            throw Problem.content(List.of(Violation.of(
                            field, field + " has " + text.length() + " characters", "at most " + TEXT_AT_MOST)))
                    .toException();
        }
        return text;
    }

    /** Says something about the step that waits. */
    @POST
    @Path("/runs/{id}/steps/{stepId}/{verb: confirm|retry|skip|succeed|fail|print-more|stop}")
    public RunView decide(@RestPath long id, @RestPath String stepId, @RestPath String verb, NoteRequest body) {
        decideStep.decide(
                id,
                stepId,
                StepVerb.of(verb).orElseThrow(),
                body == null ? null : body.note(),
                body == null ? null : fitting("evidence", body.evidence()),
                caller.get());
        return get(id);
    }
}
