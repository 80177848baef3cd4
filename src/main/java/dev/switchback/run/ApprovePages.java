package dev.switchback.run;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.Runbook;
import dev.switchback.web.Redirect;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** What am I signing? */
@Path("/migrations/{key}/approve")
@Produces(MediaType.TEXT_HTML)
public class ApprovePages {

    @Inject
    Migrations migrations;

    @Inject
    Runs runs;

    @Inject
    Approvals approvals;

    @Inject
    Gatekeeper gatekeeper;

    @Inject
    DecideApproval decide;

    @Inject
    CallerOfRequest caller;

    @Inject
    InstantSource clock;

    /** The page. */
    @CheckedTemplate(basePath = "run", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance approve(ApprovePage it);
    }

    @GET
    @Transactional
    public String look(@RestPath String key, @RestQuery Long run) {
        return page(key, run, "", null);
    }

    @POST
    public RestResponse<Object> say(
            @RestPath String key,
            @FormParam("run") Long run,
            @FormParam("do") String what,
            @FormParam("read") String read,
            @FormParam("hash") String hash,
            @FormParam("reason") String reason) {
        try {
            Run now = carryOut(run == null ? 0 : run, what == null ? "" : what, read, hash, reason);
            return Redirect.to("/runs/" + now.id(), sentence(what, now));
        } catch (ProblemException e) {
            if (e.problem().status() == 403 || e.problem().status() == 404) {
                throw e;
            }
            String again = QuarkusTransaction.requiringNew()
                    .call(() -> page(key, run, reason == null ? "" : reason, e.problem()));
            return RestResponse.ResponseBuilder.create(e.problem().status())
                    .entity((Object) again)
                    .build();
        }
    }

    private Run carryOut(long run, String what, String read, String hash, String reason) {
        return switch (what) {
            case "approve" -> {
                requireRead(read);
                yield decide.approve(run, caller.get(), reason, hash);
            }
            case "reject" -> decide.reject(run, caller.get(), reason);
            case "withdraw" -> decide.withdraw(run, caller.get(), reason);
            default ->
                throw Problem.syntax("“" + what + "” is no answer", "one of the buttons of the page")
                        .toException();
        };
    }

    private static void requireRead(String read) {
        if (!"true".equals(read)) {
            throw Problem.content(List.of(Violation.of(
                            "read",
                            "You did not say that you read the runbook and the rollback",
                            "the tick in front of the button")))
                    .toException();
        }
    }

    private static String sentence(String what, Run now) {
        return switch (what) {
            case "approve" ->
                now.state() == RunState.AWAITING_APPROVAL
                        ? "You approved run " + now.id() + "; it waits for others, too."
                        : "You approved run " + now.id() + "; the gates are asked once more, then it starts.";
            case "reject" -> "You rejected run " + now.id() + "; nothing runs.";
            default -> "Withdrawn.";
        };
    }

    private String page(String key, Long number, String typed, Problem problem) {
        Migration migration = migrations.require(key);
        Optional<Run> found = number == null
                ? approvals.waiting(migration)
                : Optional.of(runs.require(number))
                        .filter(run -> run.migration().equals(migration));
        if (found.isEmpty()) {
            return Templates.approve(
                            new ApprovePage(migration, null, null, null, null, null, false, null, null, typed, problem))
                    .render();
        }
        Run run = runs.require(found.get().id());
        Runbook runbook = Legs.runbookOf(run);
        return Templates.approve(new ApprovePage(
                        migration,
                        run,
                        approvals.of(run),
                        gatekeeper.look(new Gatekeeper.Question(
                                migration.key(),
                                run.revision().id(),
                                run.environment().key(),
                                run.purpose(),
                                begins(run),
                                run.id())),
                        runbook,
                        runs.lastRehearsed(migration).orElse(null),
                        runs.wasRehearsed(run.revision()),
                        approvals.overtaken(run).orElse(null),
                        against(run),
                        typed,
                        problem))
                .render();
    }

    private Instant begins(Run run) {
        Instant now = clock.instant();
        return run.startAt() == null || run.startAt().isBefore(now) ? now : run.startAt();
    }

    private String against(Run run) {
        if (!caller.get().may(Right.APPROVE, run.where())) {
            return Right.APPROVE.who() + " for " + run.service() + " in "
                    + run.environment().name() + " can approve it";
        }
        return DecideApproval.against(run, caller.get().name()).orElse(null);
    }
}
