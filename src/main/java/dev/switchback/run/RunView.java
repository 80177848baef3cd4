package dev.switchback.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchback.comparison.ComparisonView;
import dev.switchback.measurement.MeasurementView;
import dev.switchback.probe.ProbeView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A run as programs see it (CONTRACT.md, section 4, shapes). Members whose evidence is not collected yet are empty. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunView(
        long id,
        String migration,
        int revision,
        String environment,
        String tier,
        String service,
        String purpose,
        String finish,
        String measure,
        String state,
        String leg,
        String reason,
        String wanted,
        String requestedBy,
        String startedBy,
        String instance,
        Long undoes,
        Instant createdAt,
        Instant startAt,
        Instant startedAt,
        Instant endedAt,
        Instant rollbackUntil,
        String breakGlass,
        int approvalsNeeded,
        List<ApprovalView> approvals,
        List<String> breakGlassGates,
        ReviewView breakGlassReview,
        ProbeView probe,
        WatchView watch,
        List<MeasurementView> measurements,
        List<ComparisonView> comparisons,
        Map<String, Object> settings,
        List<StepView> steps) {

    /**
     * What a person said to it before it started.
     *
     * @param said {@code approved} or {@code rejected}
     * @param why why it does not count; null when it does
     */
    public record ApprovalView(
            String person,
            String said,
            String reason,
            Instant at,
            Instant expiresAt,
            Instant withdrawnAt,
            boolean counts,
            String why) {

        static List<ApprovalView> of(Assent assent) {
            return assent == null
                    ? List.of()
                    : assent.rows().stream().map(ApprovalView::of).toList();
        }

        private static ApprovalView of(Assent.Row row) {
            Approval said = row.approval();
            return new ApprovalView(
                    said.person(),
                    said.said(),
                    said.reason(),
                    said.at(),
                    said.expiresAt(),
                    said.withdrawnAt(),
                    row.counts(),
                    row.why());
        }
    }

    /** Who looked at a broken glass afterwards, and what they found. */
    public record ReviewView(String by, Instant at, String note) {}

    /** A step of a run, on one leg. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record StepView(
            String id,
            String title,
            String phase,
            String kind,
            String leg,
            int legNo,
            String state,
            int attempt,
            Instant startedAt,
            Instant endedAt,
            Integer exitStatus,
            String message,
            String expected,
            String warning,
            boolean retrySafe,
            String evidence,
            List<String> asks) {

        static StepView of(Run run, RunStep step) {
            return new StepView(
                    step.stepId(),
                    step.title(),
                    step.phase(),
                    step.kind().word(),
                    step.leg().word(),
                    step.legNo(),
                    step.state().word(),
                    step.attempt(),
                    step.startedAt(),
                    step.endedAt(),
                    step.exitStatus(),
                    step.message(),
                    step.expected(),
                    step.warning(),
                    step.retrySafe(),
                    step.evidence(),
                    DecideStep.offers(run, step).stream().map(StepVerb::word).toList());
        }
    }

    /** The run with its steps and what was measured of it. */
    static RunView of(Run run, List<RunStep> steps, RunEvidence.Collected evidence) {
        return new RunView(
                run.id(),
                run.migration().key(),
                run.revision().number(),
                run.environment().key(),
                run.pinnedEnvironment().tier().word(),
                run.service(),
                run.purpose().word(),
                run.finish(),
                run.measure(),
                run.state().word(),
                run.leg().word(),
                run.reason(),
                run.wanted().map(Wanted::word).orElse(null),
                run.requestedBy(),
                run.startedBy(),
                run.instance(),
                run.undoes().map(Run::id).orElse(null),
                run.createdAt(),
                run.startAt(),
                run.startedAt(),
                run.endedAt(),
                EasyWayBack.of(run, Legs.runbookOf(run)).map(EasyWayBack::until).orElse(null),
                run.breakGlassReason(),
                run.approvalsNeeded(),
                ApprovalView.of(evidence.assent()),
                run.brokenGates(),
                run.reviewedBy() == null ? null : new ReviewView(run.reviewedBy(), run.reviewedAt(), run.reviewNote()),
                evidence.probe(),
                evidence.watch(),
                evidence.measurements(),
                evidence.comparisons(),
                null,
                steps.stream().map(step -> StepView.of(run, step)).toList());
    }
}
