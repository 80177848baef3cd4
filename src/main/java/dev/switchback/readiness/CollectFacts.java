package dev.switchback.readiness;

import dev.switchback.access.Sight;
import dev.switchback.checklist.Checklist;
import dev.switchback.checklist.ReadChecklist;
import dev.switchback.comparison.Comparisons;
import dev.switchback.environment.CheckEnvironment.Report;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.environment.LastChecks;
import dev.switchback.environment.Tier;
import dev.switchback.measurement.Measurements;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.probe.Probing;
import dev.switchback.run.Approvals;
import dev.switchback.run.Assent;
import dev.switchback.run.Gatekeeper.Question;
import dev.switchback.run.Run;
import dev.switchback.run.RunLedger;
import dev.switchback.run.Runs;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Collects what the gates look at from what is known. Asks no target; needs a transaction. */
@ApplicationScoped
class CollectFacts {

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    LastChecks checks;

    @Inject
    Measurements measurements;

    @Inject
    Comparisons comparisons;

    @Inject
    Probing probing;

    @Inject
    ReadChecklist checklist;

    @Inject
    Runs runs;

    @Inject
    Approvals approvals;

    @Inject
    Sight sight;

    @Inject
    ReadinessConfig config;

    @Inject
    InstantSource clock;

    @ConfigProperty(name = "quarkus.application.version")
    String version;

    /**
     * The facts.
     *
     * @param needs what the way back needs, if somebody just asked
     */
    Facts about(Question question, Optional<AskReadiness.Found> needs) {
        Migration migration = migrations.require(question.migration());
        Environment environment = environments.require(question.environment());
        MigrationRevision revision = migrations.revision(question.migration(), question.revision());
        Runbook runbook = Runbook.of(revision);
        var place = new Facts.Place(environment.content(), question.purpose());
        return new Facts(
                plan(migration, revision, runbook),
                place,
                checks.of(environment).map(CollectFacts::reached),
                measurements
                        .freshBaseline(migration, environment, revision.workHash(), config.baselineAge())
                        .map(taken -> new Facts.Baseline(taken.id(), taken.endedAt())),
                rehearsal(revision, environment, runbook),
                ticks(checklist.summary(revision, runbook)),
                assent(question, Demands.approvals(place.content(), runbook, question.purpose())),
                new Facts.Needs(
                        needs(runbook),
                        needs.map(AskReadiness.Found::against),
                        needs.map(AskReadiness.Found::later).orElse(List.of())),
                neighbour(question, runbook, environment),
                new Facts.When(clock.instant(), question.start(), config.rehearsalAge(), config.baselineAge()));
    }

    private Facts.Plan plan(Migration migration, MigrationRevision revision, Runbook runbook) {
        return new Facts.Plan(
                migration.key(),
                runbook.service(),
                revision.number(),
                runbook.owner(),
                runbook.expected(),
                runbook.rollbackNote(),
                migrations.needsReview(revision),
                !runbook.metrics().isEmpty(),
                runbook.content().has("probe"),
                (int) runbook.steps().stream()
                        .filter(step -> step.rollback().isPresent())
                        .count());
    }

    static Facts.Reached reached(Report report) {
        var against = new ArrayList<String>();
        report.targets().stream()
                .filter(target -> target.state().equals("unreachable"))
                .forEach(target -> against.add("target " + target.name() + " does not answer: " + target.message()));
        report.identity().stream()
                .filter(proof -> !proof.state().equals("holds"))
                .forEach(proof -> against.add(
                        proof.state().equals("could-not-ask")
                                ? "whether it is " + report.environment() + " could not be asked: " + proof.message()
                                : "this is not " + report.environment() + ": " + proof.message()));
        return new Facts.Reached(
                report.at(), report.targets().size(), against, report.identity().size());
    }

    private Optional<Facts.Rehearsal> rehearsal(MigrationRevision revision, Environment environment, Runbook runbook) {
        List<String> lower = Arrays.stream(Tier.values())
                .filter(tier -> tier.compareTo(environment.tier()) < 0)
                .map(Tier::word)
                .toList();
        return lower.isEmpty()
                ? Optional.empty()
                : runs.lastRehearsalOf(revision, lower).map(run -> rehearsal(run, runbook));
    }

    private Facts.Rehearsal rehearsal(Run run, Runbook runbook) {
        return new Facts.Rehearsal(
                run.id(),
                sight.sees(run.where()),
                run.environment().key(),
                run.revision().number(),
                run.state(),
                run.endedAt() == null ? run.createdAt() : run.endedAt(),
                oldState(run),
                said(run),
                probed(run, runbook),
                changed(run));
    }

    private Facts.OldState oldState(Run run) {
        if (runs.happened(run, RunLedger.CANNOT_TELL_OLD_STATE)) {
            return Facts.OldState.NOBODY_CAN_TELL;
        }
        return runs.happened(run, RunLedger.SAW_OLD_STATE) ? Facts.OldState.SEEN : Facts.OldState.NOT_LOOKED;
    }

    /** Measured quickly it is news, and proves nothing (CONTRACT.md, rule of reading 10). */
    private Optional<Facts.Said> said(Run run) {
        return run.measure().equals("full")
                ? comparisons.ofRun(run.id()).stream()
                        .findFirst()
                        .map(kept -> new Facts.Said(
                                kept.id(),
                                kept.said().met(),
                                kept.word() + ", evidence " + kept.grade() + ": " + kept.sentence()))
                : Optional.empty();
    }

    private Optional<Facts.Probed> probed(Run run, Runbook runbook) {
        int tolerated = runbook.content().path("probe").path("tolerate").asInt(0);
        return Optional.ofNullable(probing.views(List.of(run.id())).get(run.id()))
                .map(view -> new Facts.Probed(view.failed() <= tolerated, view.sentence()));
    }

    private List<String> changed(Run run) {
        var changed = new ArrayList<String>();
        if (!run.pinnedEnvironment().actsAs(run.environment().content())) {
            changed.add(
                    "the targets, variables or identity of " + run.environment().key() + " were changed");
        }
        run.executor()
                .filter(then -> config.sameVersion() && !then.equals(version))
                .ifPresent(then -> changed.add("Switchback became version " + version + " (then " + then + ")"));
        return changed;
    }

    private static Facts.Ticks ticks(Checklist list) {
        return new Facts.Ticks(
                list.items().size(),
                list.items().stream()
                        .filter(row -> !row.isDone() || row.item().wantsEvidence() && row.evidence() == null)
                        .map(row -> row.item().title())
                        .toList());
    }

    private Facts.Assent assent(Question question, int needed) {
        if (needed == 0 || question.run() == null) {
            return new Facts.Assent(needed, 0, List.of(), Optional.empty());
        }
        // Whether it may be seen is asked where the question is put: here its facts count, whoever asks.
        Assent assent = approvals.of(runs.known(question.run()));
        return new Facts.Assent(
                needed,
                assent.given(),
                assent.rows().stream().map(Assent.Row::words).toList(),
                Optional.of(question.run()));
    }

    private static int needs(Runbook runbook) {
        return runbook.steps().stream()
                .flatMap(CollectFacts::needs)
                .mapToInt(need -> 1)
                .sum();
    }

    static Stream<com.fasterxml.jackson.databind.JsonNode> needs(RunbookStep step) {
        return step.rollback().stream().flatMap(undo -> undo.needs().stream());
    }

    /** The run that is to begin, or is asked for already, is not in its own way. */
    private Optional<Facts.Neighbour> neighbour(Question question, Runbook runbook, Environment environment) {
        return runs.holding(runbook.service(), environment)
                .filter(run -> !run.id().equals(question.run()))
                .map(run -> new Facts.Neighbour(run.id(), sight.sees(run.where()), run.state()));
    }
}
