package dev.switchback.run;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.access.Sight;
import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.measurement.MeasurementConfig;
import dev.switchback.measurement.Measurements;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.schedule.LookAhead;
import dev.switchback.schedule.StartTimes;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import dev.switchback.web.Query;
import dev.switchback.web.Redirect;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The last look before a run: what happens where, and how it is undone. */
@Path("/migrations/{key}/start")
@Produces(MediaType.TEXT_HTML)
public class StartPages {

    @Inject
    Sight sight;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    Runs runs;

    @Inject
    PastTimes pastTimes;

    @Inject
    Measurements measurements;

    @Inject
    MeasurementConfig measuring;

    @Inject
    StepExecutors executors;

    @Inject
    StartRun startRun;

    @Inject
    Gatekeeper gatekeeper;

    @Inject
    LookAhead lookAhead;

    @Inject
    CallerOfRequest caller;

    @Inject
    InstantSource clock;

    /** The page. */
    @CheckedTemplate(basePath = "run", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance start(StartPage it, StartTimes times);
    }

    @GET
    public TemplateInstance look(
            @RestPath String key,
            @RestQuery String environment,
            @RestQuery Integer revision,
            @RestQuery String startAt) {
        var form = new StartForm();
        form.startAt = Query.filled(startAt).orElse(null);
        form.environment = Query.filled(environment).orElse(null);
        form.revision = revision;
        form.token = UUID.randomUUID().toString();
        return page(key, form, null);
    }

    @POST
    public RestResponse<Object> start(@RestPath String key, @BeanParam StartForm form) {
        try {
            requireName(form);
            Run run = startRun.start(form.request(key), caller.get(), Optional.of(form.key(key)));
            return Redirect.to("/runs/" + run.id());
        } catch (ProblemException e) {
            if (e.problem().status() == 404) {
                throw e;
            }
            return RestResponse.ResponseBuilder.create(e.problem().status())
                    .entity((Object) page(key, form, e.problem()))
                    .build();
        }
    }

    private void requireName(StartForm form) {
        if (form.token().isBlank()) {
            throw Problem.content("The form came without its token, so nothing was started", "a freshly loaded page")
                    .toException();
        }
        Environment environment = QuarkusTransaction.requiringNew().call(() -> environments.require(given(form)));
        if (environment.tier().isProduction() && !SameName.as(environment, form.confirm())) {
            throw SameName.wrong(environment, form.confirm()).toException();
        }
    }

    private static String given(StartForm form) {
        return form.environment == null ? "" : form.environment;
    }

    private TemplateInstance page(String key, StartForm form, Problem problem) {
        return QuarkusTransaction.requiringNew().call(() -> {
            StartPage page = gather(key, form, problem);
            return Templates.start(page, times(page));
        });
    }

    /** When it may begin, and what would be in its way. */
    private StartTimes times(StartPage page) {
        return page.environment() == null
                ? null
                : lookAhead.of(
                        page.environment(),
                        page.migration().service(),
                        begins(page.form()),
                        page.alone().orElse(null),
                        "/migrations/" + page.migration().key() + "/start?environment="
                                + page.environment().key()
                                + (page.form().revision == null ? "" : "&revision=" + page.form().revision));
    }

    private StartPage gather(String key, StartForm form, Problem problem) {
        Migration migration = migrations.require(key);
        MigrationRevision revision = form.revision == null
                ? migrations.present(migration)
                : migrations.requireRevision(migration, form.revision);
        Environment environment = form.environment == null ? null : environments.require(form.environment);
        Runbook runbook = Runbook.of(revision);
        if (environment != null) {
            caller.get().require(Right.READ, Where.of(runbook.service(), environment.key()));
        }
        if (form.purpose == null) {
            form.purpose = environment != null && environment.tier().isProduction() ? "live" : "rehearsal";
        }
        StepTimes times = pastTimes.of(migration);
        return new StartPage(
                migration,
                revision,
                migrations.needsReview(revision),
                environment,
                environments.byTier().stream()
                        .filter(each -> caller.get().may(StartRun.least(each), Where.of(runbook.service(), each.key())))
                        .toList(),
                ShowRun.targets(new StepDescription.Writer(executors, runbook), runbook),
                runbook.steps().size(),
                byPerson(runbook),
                runbook.pointOfNoReturn()
                        .map(step -> runbook.steps().indexOf(step) + 1)
                        .orElse(0),
                runbook.pointOfNoReturn().orElse(null),
                (int) runbook.steps().stream()
                        .filter(step -> step.rollback().isPresent())
                        .count(),
                usually(runbook, times, false),
                usually(runbook, times, true),
                undoing(runbook, times),
                runs.wasRehearsed(revision),
                environment == null
                        ? null
                        : runs.holding(runbook.service(), environment)
                                .filter(run -> sight.sees(run.where()))
                                .orElse(null),
                environment == null ? null : gates(migration, revision, environment, form),
                environment == null ? List.of() : measuring(migration, revision, environment, runbook, times),
                form,
                problem);
    }

    /** As they stand at the moment that is planned; a moment that has passed means now. */
    private GateTable gates(Migration migration, MigrationRevision revision, Environment environment, StartForm form) {
        return gatekeeper.look(new Gatekeeper.Question(
                migration.key(), revision.id(), environment.key(), Purpose.LIVE, begins(form), null));
    }

    /** A moment that has passed means now, and so does one that is refused when it is sent. */
    private Instant begins(StartForm form) {
        Instant now = clock.instant();
        return form.planned()
                .filter(now::isBefore)
                .filter(now.plus(StartRun.FARTHEST)::isAfter)
                .orElse(now);
    }

    private List<MeasureChoice> measuring(
            Migration migration,
            MigrationRevision revision,
            Environment environment,
            Runbook runbook,
            StepTimes times) {
        Optional<Duration> there =
                times.there(runbook.steps().stream().map(RunbookStep::id).toList());
        Optional<Duration> back = Optional.ofNullable(undoing(runbook, times));
        return MeasureChoice.of(
                runbook.metrics(),
                new MeasureChoice.Place(
                        !environment.tier().isProduction(),
                        !migrations.needsReview(revision),
                        measurements
                                .freshBaseline(migration, environment, revision.workHash(), measuring.baselineFresh())
                                .isPresent(),
                        there.flatMap(one -> back.map(one.multipliedBy(2)::plus)),
                        there));
    }

    private static List<String> byPerson(Runbook runbook) {
        var titles = new ArrayList<String>();
        for (int i = 0; i < runbook.steps().size(); i++) {
            RunbookStep step = runbook.steps().get(i);
            if (step.kind() == StepKind.MANUAL || step.irreversible().isPresent()) {
                titles.add("step " + (i + 1) + ": " + step.title());
            }
        }
        return titles;
    }

    /** What people do themselves takes as long as they take: it is not mixed with what the machine does. */
    private static Duration usually(Runbook runbook, StepTimes times, boolean byHand) {
        return times.there(runbook.steps().stream()
                        .filter(step -> byHand == (step.kind() == StepKind.MANUAL))
                        .map(RunbookStep::id)
                        .toList())
                .orElse(null);
    }

    private static Duration undoing(Runbook runbook, StepTimes times) {
        return times.undoing(runbook.steps().stream()
                        .filter(step -> step.rollback().isPresent())
                        .map(RunbookStep::id)
                        .toList())
                .orElse(null);
    }
}
