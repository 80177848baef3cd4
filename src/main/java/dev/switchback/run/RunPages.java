package dev.switchback.run;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Sight;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.web.Count;
import dev.switchback.web.KeptLists;
import dev.switchback.web.KeptRows;
import dev.switchback.web.Paging;
import dev.switchback.web.Query;
import dev.switchback.web.Redirect;
import dev.switchback.web.Words;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The list of runs, a run live and as the record, its log, and what a person decides about it. */
@Path("/runs")
@Produces(MediaType.TEXT_HTML)
public class RunPages {

    /** A stop watch moves so often. */
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Inject
    ShowRun show;

    @Inject
    Runs runs;

    @Inject
    Sight sight;

    @Inject
    ListRuns listRuns;

    @Inject
    Environments environments;

    @Inject
    Migrations migrations;

    @Inject
    DecideRun decideRun;

    @Inject
    DecideStep decideStep;

    @Inject
    DecideApproval decideApproval;

    @Inject
    CallerOfRequest caller;

    @Inject
    InstantSource clock;

    @Inject
    KeptLists lists;

    @Inject
    KeptRows rows;

    /** The pages. */
    @CheckedTemplate(basePath = "run", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance list(RunList list);

        static native TemplateInstance row(RunList.Row row);

        static native TemplateInstance show(RunPage it);

        static native TemplateInstance log(Run run, LogView log, String from);

        static native TemplateInstance step(Run run, StepCard card, LogView log, String from);

        static native TemplateInstance rollback(RollbackPage it);

        static native TemplateInstance abort(Run run, Headline headline, UndoView undo, Problem problem);
    }

    @GET
    public RestResponse<byte[]> list(
            @RestQuery String state,
            @RestQuery String environment,
            @RestQuery String service,
            @RestQuery String after) {
        Optional<RunState> wanted = Query.filled(state).map(RunPages::state);
        var query = new RunQuery(wanted, Query.filled(environment), Query.filled(service), Optional.empty())
                .within(sight.seen());
        long before = after == null ? Long.MAX_VALUE : Paging.decode(after, Long::parseLong);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String address = address(wanted.map(RunState::word).orElse(""), query);
        return lists.page(
                String.join("\0", "runs", "" + today, address, "" + before),
                () -> written(query, before, address, today));
    }

    private KeptLists.Written written(RunQuery query, long before, String address, LocalDate today) {
        Paging.Page<RunList.Row> page = Paging.page(
                listRuns.rows(query, before, Paging.DEFAULT + 1),
                Paging.DEFAULT,
                address,
                row -> row.id().toString());
        RawString html = rows.of(
                page.items(),
                row -> row.seenOn(today),
                row -> Templates.row(row).render());
        var written = KeptLists.Written.of(
                "Runs", Templates.list(list(query, page, html)).render());
        return page.items().stream().allMatch(RunList.Row::isOver) ? written : written.goodFor(SECOND);
    }

    private static RunState state(String word) {
        try {
            return RunState.of(word);
        } catch (IllegalArgumentException unknown) {
            throw Problem.syntax("There is no state \"" + word + "\"", "a state from the links above the list")
                    .toException();
        }
    }

    private static String address(String state, RunQuery query) {
        return Query.of("/runs")
                .with("state", state)
                .with("environment", query.environment().orElse(""))
                .with("service", query.service().orElse(""))
                .toString();
    }

    private RunList list(RunQuery query, Paging.Page<RunList.Row> page, RawString rows) {
        Map<RunState, Count> counts = runs.counts(query);
        return new RunList(
                rows,
                page.items().isEmpty(),
                page.next(),
                counts.entrySet().stream()
                        .map(count -> new RunList.Count(
                                count.getKey().word(),
                                Words.sentence(count.getKey().word()),
                                count.getValue().words(),
                                address(count.getKey().word(), query)))
                        .toList(),
                query.state().map(RunState::word).orElse(""),
                query.environment().orElse(""),
                query.service().orElse(""),
                environments.byTier().stream().map(Environment::key).toList(),
                Migrations.choices(migrations.services(), query.service().orElse("")),
                counts.values().stream().reduce(Count.NONE, Count::plus).words(),
                address("", query));
    }

    @GET
    @Path("{id}")
    public TemplateInstance run(@RestPath long id) {
        return Templates.show(show.page(id, RunPage.Typed.NOTHING));
    }

    @GET
    @Path("{id}/log")
    @Transactional
    public TemplateInstance log(
            @RestPath long id,
            @RestQuery Long before,
            @RestQuery Long line,
            @RestQuery String lines,
            @RestQuery String q,
            @RestQuery Long after) {
        Run run = runs.require(id);
        LogWish wish = LogWish.of(before, line, lines, q, after);
        return Templates.log(run, show.wholeLog(run).at(wish), from(run, wish));
    }

    @GET
    @Path("{id}/steps/{stepId}")
    @Transactional
    public TemplateInstance step(
            @RestPath long id,
            @RestPath String stepId,
            @RestQuery Integer leg,
            @RestQuery Long before,
            @RestQuery Long line,
            @RestQuery String lines,
            @RestQuery String q,
            @RestQuery Long after) {
        Walk walk = show.walk(runs.require(id));
        RunStep step = walk.steps().stream()
                .filter(s -> s.stepId().equals(stepId) && (leg == null || s.legNo() == leg))
                .reduce((a, b) -> b)
                .orElseThrow(() -> Problem.notFound(
                                "Run " + id + " has no step \"" + stepId + "\"" + (leg == null ? "" : " on leg " + leg),
                                "a step from the list at its side")
                        .toException());
        Run run = walk.run();
        LogWish wish = LogWish.of(before, line, lines, q, after);
        return Templates.step(run, show.card(walk, step), show.stepLog(step).at(wish), from(run, wish));
    }

    /** A page of older lines, or of a search, stands still; empty means: not live. */
    private static String from(Run run, LogWish wish) {
        return !wish.isNewest() || run.state().isFinal() ? "" : run.lastEventNo() + "." + run.lastLineNo();
    }

    @POST
    @Path("{id}/pause")
    public RestResponse<Object> pause(@RestPath long id, @FormParam("back") String back) {
        decideRun.pause(id, caller.get(), null);
        return Redirect.to(back(id, back), "Run " + id + " pauses as soon as its step is done.");
    }

    @POST
    @Path("{id}/resume")
    public RestResponse<Object> resume(
            @RestPath long id, @FormParam("back") String back, @FormParam("reason") String reason) {
        try {
            decideRun.resume(id, caller.get(), Query.filled(reason).orElse(null));
        } catch (ProblemException e) {
            return unanswered(id, new RunPage.Typed("go-on", given(reason), "", e.problem()));
        }
        return Redirect.to(back(id, back), "Run " + id + " goes on.");
    }

    /** Closes the review of a run that went ahead against a gate. */
    @POST
    @Path("{id}/review")
    public RestResponse<Object> review(@RestPath long id, @FormParam("note") String note) {
        try {
            decideApproval.review(id, caller.get(), note);
        } catch (ProblemException e) {
            return unanswered(id, new RunPage.Typed("review", given(note), "", e.problem()));
        }
        return Redirect.to("/runs/" + id, "The review of run " + id + " is closed.");
    }

    private static String back(long id, String wanted) {
        return "/".equals(wanted) ? "/" : "/runs/" + id;
    }

    @GET
    @Path("{id}/rollback")
    @Transactional
    public TemplateInstance confirmRollback(@RestPath long id) {
        return rollbackPage(id, "", null);
    }

    private Run toDecide(long id) {
        Run run = runs.require(id);
        caller.get().require(run.right(), run.where());
        return run;
    }

    private TemplateInstance rollbackPage(long id, String typed, Problem problem) {
        return Templates.rollback(
                QuarkusTransaction.joiningExisting().call(() -> show.rollback(toDecide(id), typed, problem)));
    }

    @POST
    @Path("{id}/rollback")
    public RestResponse<Object> rollback(
            @RestPath long id, @FormParam("confirm") String confirm, @FormParam("reason") String reason) {
        Run run = QuarkusTransaction.requiringNew().call(() -> runs.require(id));
        boolean asksForName = run.state().isFinal() && run.environment().tier().isProduction();
        if (asksForName && !SameName.as(run.environment(), confirm)) {
            return page(422, rollbackPage(id, given(confirm), SameName.wrong(run.environment(), confirm)));
        }
        try {
            Run rolling =
                    decideRun.rollback(id, caller.get(), Query.filled(reason).orElse(null));
            return Redirect.to(
                    "/runs/" + rolling.id(),
                    rolling.id().equals(id)
                            ? "Run " + id + " turns back."
                            : "Run " + rolling.id() + " takes run " + id + " back.");
        } catch (ProblemException e) {
            if (e.problem().status() != 409) {
                throw e;
            }
            return page(409, rollbackPage(id, given(confirm), e.problem()));
        }
    }

    @GET
    @Path("{id}/abort")
    @Transactional
    public TemplateInstance confirmAbort(@RestPath long id) {
        Walk walk = show.walk(toDecide(id));
        return Templates.abort(walk.run(), Headline.of(walk, clock.instant()), show.undo(walk), null);
    }

    @POST
    @Path("{id}/abort")
    public RestResponse<Object> abort(@RestPath long id, @FormParam("reason") String reason) {
        decideRun.abort(id, caller.get(), Query.filled(reason).orElse("Stopped on the page"));
        return Redirect.to("/runs/" + id, "Run " + id + " is stopped; nothing is undone.");
    }

    @POST
    @Path("{id}/steps/{stepId}")
    public RestResponse<Object> answer(
            @RestPath long id,
            @RestPath String stepId,
            @FormParam("answer") String answer,
            @FormParam("note") String note,
            @FormParam("evidence") String evidence) {
        StepVerb verb = StepVerb.of(given(answer))
                .orElseThrow(() -> Problem.syntax(
                                "The answer \"" + given(answer) + "\" is not known", "one of the buttons of the page")
                        .toException());
        try {
            decideStep.decide(id, stepId, verb, note, evidence, caller.get());
        } catch (ProblemException e) {
            return unanswered(id, new RunPage.Typed(verb.word(), given(note), given(evidence), e.problem()));
        }
        return Redirect.to("/runs/" + id, "Your answer is on the record: " + said(verb) + ".");
    }

    /** The page again with what was typed; nothing is lost. What is not about the form goes to the error page. */
    private RestResponse<Object> unanswered(long id, RunPage.Typed typed) {
        if (typed.problem().status() != 422) {
            throw typed.problem().toException();
        }
        return page(422, Templates.show(show.page(id, typed)));
    }

    private static String said(StepVerb verb) {
        return switch (verb) {
            case CONFIRM -> "as expected";
            case RETRY -> "try it again";
            case SKIP -> "go on without it";
            case SUCCEED -> "it happened";
            case FAIL -> "it did not go well";
            case PRINT_MORE -> "it may print more";
            case STOP -> "the step is ended";
        };
    }

    private static RestResponse<Object> page(int status, TemplateInstance page) {
        return RestResponse.ResponseBuilder.create(status).entity((Object) page).build();
    }

    private static String given(String text) {
        return text == null ? "" : text;
    }
}
