package dev.switchback.run;

import dev.switchback.access.Caller;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.environment.Environments;
import dev.switchback.measurement.Measurable;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.Runbook;
import dev.switchback.step.Answer;
import dev.switchback.step.Condition;
import dev.switchback.step.StepExecutors;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes a run, once everything that can be known before is in order. The engine takes it up. */
@ApplicationScoped
public class StartRun {

    /** Nobody plans a cutover for longer ahead, and times far beyond are a slip of the finger. */
    static final Duration FARTHEST = Duration.ofDays(365);

    @Inject
    Trail trail;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    Decisions decisions;

    @Inject
    Runs runs;

    @Inject
    RunLedger ledger;

    @Inject
    Legs legs;

    @Inject
    IdempotentAnswers answers;

    @Inject
    StepExecutors executors;

    @Inject
    Measurable measurable;

    @Inject
    AskTargets ask;

    @Inject
    Gatekeeper gatekeeper;

    @ConfigProperty(name = "quarkus.application.version")
    String version;

    @Inject
    InstantSource clock;

    /**
     * What somebody asks for; null means the default.
     *
     * @param revision which revision; default the present one
     * @param finish how a rehearsal ends: {@code applied} (default) or {@code restored}
     * @param measure {@code full}, {@code quick} or {@code none}
     * @param startAt not before; default now
     * @param read the number of the revision that was present on the page that was read; null for whatever is present
     * @param breakGlassReason why it goes ahead against gates that are closed; default: it does not
     * @param breakGlassGates the keys of the gates that it goes ahead against; default all that are closed
     */
    public record Request(
            String migration,
            String environment,
            String purpose,
            Integer revision,
            Integer read,
            String finish,
            String measure,
            Instant startAt,
            String breakGlassReason,
            List<String> breakGlassGates) {

        public Request {
            breakGlassGates = breakGlassGates == null ? null : List.copyOf(breakGlassGates);
        }
    }

    /** Makes the run. */
    public Run start(Request request, Caller caller) {
        return start(request, caller, Optional.empty());
    }

    /**
     * Makes the run, or answers the one that the same request made before.
     *
     * @throws ProblemException 403 a token may not break glass; 404 unknown migration, environment or revision; 409 not
     *     possible now, with {@code run} when another one holds the lock and {@code gates} when a gate is closed; 422
     *     wrong values
     */
    public Run start(Request request, Caller caller, Optional<IdempotencyKey> key) {
        caller.requireScope("operate");
        Optional<Run> before = QuarkusTransaction.requiringNew().call(() -> answeredBefore(caller, key));
        if (before.isPresent()) {
            return before.get();
        }
        try {
            return startOnce(request, caller, key);
        } catch (RuntimeException e) {
            // The same request may have been sent twice at once: then the other one's run is the answer to both.
            return QuarkusTransaction.requiringNew()
                    .call(() -> answeredBefore(caller, key))
                    .orElseThrow(() -> e);
        }
    }

    private Run startOnce(Request request, Caller caller, Optional<IdempotencyKey> key) {
        if (request.breakGlassReason() != null) {
            caller.requirePerson("break glass");
        }
        Plan plan = QuarkusTransaction.requiringNew().call(() -> check(request, caller));
        Admission admission = Admission.of(
                gatekeeper.ask(new Gatekeeper.Question(
                        plan.migrationKey(),
                        plan.revisionId(),
                        plan.environment().key(),
                        plan.purpose(),
                        begins(request),
                        null)),
                request.breakGlassReason() != null,
                request.breakGlassGates(),
                plan.migrationKey() + " in " + plan.environment().key());
        if (plan.purpose() == Purpose.REHEARSAL) {
            requireNothingApplied(plan.runbook(), plan.environment());
        }
        try {
            return QuarkusTransaction.requiringNew().call(() -> make(request, plan, admission, caller, key));
        } catch (RuntimeException e) {
            return afterRace(e, plan);
        }
    }

    /** A time that has passed means now: nobody gets around a freeze by asking for yesterday. */
    private Instant begins(Request request) {
        Instant now = clock.instant();
        return request.startAt() == null || request.startAt().isBefore(now) ? now : request.startAt();
    }

    private Optional<Run> answeredBefore(Caller caller, Optional<IdempotencyKey> key) {
        return key.flatMap(k -> answers.find(caller.name(), k))
                .map(location -> runs.require(Long.parseLong(location.substring(location.lastIndexOf('/') + 1))));
    }

    /** What was found in order. */
    private record Plan(
            Purpose purpose, long revisionId, Runbook runbook, EnvironmentContent environment, String migrationKey) {}

    private Plan check(Request request, Caller caller) {
        Purpose purpose = validate(request, clock.instant());
        Migration migration = migrations.require(request.migration());
        Environment environment = environments
                .seen(request.environment())
                .orElseThrow(() -> Problem.content(List.of(Violation.of(
                                "environment",
                                "There is no environment \"" + request.environment() + "\"",
                                "the key of a registered environment")))
                        .toException());
        requireRight(purpose, migration.service(), environment, caller);
        MigrationRevision revision = request.revision() == null
                ? migrations.present(migration)
                : migrations.requireRevision(migration, request.revision());
        if (request.revision() == null && request.read() != null && request.read() != revision.number()) {
            throw writtenSince(revision).toException();
        }
        Runbook runbook = Runbook.of(revision);
        requireRight(purpose, runbook.service(), environment, caller);
        decisions.requireOpen(migration);
        requireSteps(migration, runbook);
        new Fitness(executors, measurable).require(runbook, environment.content(), !"none".equals(request.measure()));
        requireRehearsable(purpose, environment);
        requireFree(runbook.service(), environment);
        return new Plan(purpose, revision.id(), runbook, environment.content(), migration.key());
    }

    /** Of the service that the runbook speaks of: an older revision may speak of another one than the present does. */
    private static void requireRight(Purpose purpose, String service, Environment environment, Caller caller) {
        boolean isLess = purpose == Purpose.REHEARSAL && !environment.tier().isProduction();
        caller.require(isLess ? Right.REHEARSE : Right.OPERATE, Where.of(service, environment.key()));
    }

    /** What it takes to start anything there at all. */
    static Right least(Environment environment) {
        return environment.tier().isProduction() ? Right.OPERATE : Right.REHEARSE;
    }

    private static Purpose validate(Request request, Instant now) {
        var violations = new ArrayList<Violation>();
        Optional<Purpose> purpose = Optional.ofNullable(request.purpose()).flatMap(Purpose::of);
        if (request.environment() == null) {
            violations.add(
                    Violation.of("environment", "No environment is named", "the key of a registered environment"));
        }
        if (purpose.isEmpty()) {
            violations.add(Violation.of("purpose", "The purpose is " + request.purpose(), "rehearsal or live"));
        } else if (purpose.get() == Purpose.ROLLBACK) {
            violations.add(Violation.of(
                    "purpose", "A rollback is not started by itself", "POST /api/v1/runs/{id}/rollback of the run"));
        }
        Instant latest = now.plus(FARTHEST);
        if (request.startAt() != null && request.startAt().isAfter(latest)) {
            violations.add(Violation.of(
                    "startAt",
                    "It is to start more than " + FARTHEST.toDays() + " days from now",
                    "a moment before " + latest.truncatedTo(ChronoUnit.MINUTES)));
        }
        oneOf(violations, "finish", request.finish(), Set.of("applied", "restored"));
        oneOf(violations, "measure", request.measure(), Set.of("full", "quick", "none"));
        if (!violations.isEmpty()) {
            throw Problem.content(violations).toException();
        }
        return purpose.orElseThrow();
    }

    private static void oneOf(List<Violation> violations, String field, String value, Set<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            violations.add(
                    Violation.of(field, field + " is " + value, String.join(", ", new java.util.TreeSet<>(allowed))));
        }
    }

    private static void requireSteps(Migration migration, Runbook runbook) {
        if (runbook.steps().isEmpty()) {
            throw Problem.conflict(migration.key() + " has no steps", "a revision with at least one step")
                    .toException();
        }
    }

    private static void requireRehearsable(Purpose purpose, Environment environment) {
        if (purpose == Purpose.REHEARSAL && environment.tier().isProduction()) {
            throw Problem.conflict(
                            "A rehearsal goes forward, back and forward again; " + environment.key()
                                    + " is of tier production",
                            "an environment of tier staging or development, or purpose live")
                    .toException();
        }
    }

    private void requireFree(String service, Environment environment) {
        runs.holding(service, environment).ifPresent(run -> {
            throw locked(run, service, environment.key()).toException();
        });
    }

    private static Problem locked(Run run, String service, String environment) {
        return Problem.conflict(
                        "Run " + run.id() + " is changing " + service + " in " + environment + " and is "
                                + run.state().word(),
                        "one run at a time on a service in an environment; wait for it or end it")
                .with("run", "/api/v1/runs/" + run.id());
    }

    void requireNothingApplied(Runbook runbook, EnvironmentContent environment) {
        for (var step : runbook.steps()) {
            if (step.appliedWhen().isEmpty()) {
                continue;
            }
            Answer answer = ask.once(Condition.of(step.appliedWhen().get()), environment);
            if (answer.state() == Answer.State.COULD_NOT_ASK) {
                throw Problem.conflict(
                                "Whether step " + step.id() + " is applied already could not be found out: "
                                        + answer.message(),
                                "an environment that answers")
                        .toException();
            }
            if (answer.state() == Answer.State.HOLDS) {
                throw Problem.conflict(
                                "Step " + step.id() + " is already applied here: roll back first",
                                "an environment in which nothing of this migration is applied yet")
                        .toException();
            }
        }
    }

    private Run make(Request request, Plan plan, Admission admission, Caller caller, Optional<IdempotencyKey> key) {
        decisions.requireOpen(migrations.hold(plan.migrationKey()).orElseThrow(() -> gone(plan.migrationKey())));
        MigrationRevision revision = migrations.revision(plan.migrationKey(), plan.revisionId());
        MigrationRevision present = migrations.present(revision.migration());
        if (request.revision() == null && !present.equals(revision)) {
            throw writtenSince(present).toException();
        }
        Environment environment = environments.require(request.environment());
        requireFree(plan.runbook().service(), environment);
        Instant now = clock.instant();
        // A time that has passed means now; only a start that was planned can be missed.
        var run = new Run(
                new Run.Order(
                        revision,
                        environment,
                        environment.storedContent(),
                        plan.runbook().service(),
                        plan.purpose(),
                        request.finish() == null ? "applied" : request.finish(),
                        request.measure() == null ? "full" : request.measure(),
                        request.breakGlassReason(),
                        null,
                        caller.name(),
                        caller.tokenId().orElse(null),
                        request.startAt() == null || request.startAt().isBefore(now) ? null : request.startAt()),
                now);
        run.executedBy(version);
        run.askedAt(present);
        run.breaks(admission.brokenKeys());
        run.needsApprovals(admission.approvalsNeeded());
        runs.persistAndFlush(run);
        legs.forward(run, 1, plan.purpose() == Purpose.REHEARSAL);
        ledger.note(run, null, "requested", caller.name(), request.breakGlassReason());
        if (request.breakGlassReason() != null) {
            trail.record(Entry.of("run.break-glass", "run", run.id())
                    .where(run.service(), environment.key())
                    .to(admission.brokenWords())
                    .note(request.breakGlassReason()));
        }
        key.ifPresent(k -> answers.keep(caller.name(), k, "/api/v1/runs/" + run.id()));
        runs.flush();
        return runs.require(run.id());
    }

    /** What was looked at is not what would run. */
    private static Problem writtenSince(MigrationRevision present) {
        return Problem.conflict(
                        "Revision " + present.number() + " of "
                                + present.migration().key() + " was written meanwhile; nothing was started",
                        "a look at revision " + present.number() + ", then start it again")
                .with("revision", present.number());
    }

    private static RuntimeException gone(String key) {
        return Problem.conflict(key + " was deleted at this moment; nothing was started", "a migration that is there")
                .toException();
    }

    /** Somebody was faster between the look and the write: the database said no, and here we say why. */
    private Run afterRace(RuntimeException e, Plan plan) {
        if (!isUniqueViolation(e)) {
            throw e;
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            requireFree(
                    plan.runbook().service(),
                    environments.require(plan.environment().key()));
            throw e;
        });
    }

    private static boolean isUniqueViolation(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.sql.SQLException sql && "23505".equals(sql.getSQLState())) {
                return true;
            }
            if (cause instanceof PersistenceException && cause.getCause() == null) {
                return false;
            }
        }
        return false;
    }
}
