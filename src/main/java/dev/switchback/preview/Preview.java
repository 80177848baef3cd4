package dev.switchback.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.measurement.SittingSize;
import dev.switchback.run.Leg;
import dev.switchback.run.Purpose;
import dev.switchback.run.StepTimes;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.Rendering;
import dev.switchback.step.StepKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Exactly what a run would execute. Immutable.
 *
 * @param migration its key
 * @param revision which revision
 * @param revisionHash the hash of its content
 * @param environment where
 * @param tier of that environment
 * @param purpose {@code rehearsal, live} or {@code rollback}
 * @param legs the stretches of the way, each with its steps by id
 * @param steps every step that is walked on one of them, in the order of the runbook
 * @param identity what the environment is asked before every step that changes something
 * @param holds what must stay true throughout
 * @param probe the request that is sent throughout; absent when none is declared
 * @param probeEvery how often, as the file says it; absent without a probe
 * @param measuring what is measured around it, in words; absent when nothing is
 * @param measuringMs about how long all of that takes
 * @param pointOfNoReturn the id of the first step behind which there is no way back; absent when there is none
 * @param estimatedMs how long all of it usually takes, measuring included, what people do left out; absent when a step was
 *     never timed
 * @param missingSecrets what is referred to and not configured on this server
 * @param rowsAsked whether the databases were asked how many rows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Preview(
        String migration,
        int revision,
        String revisionHash,
        String environment,
        String tier,
        String purpose,
        List<PreviewLeg> legs,
        List<PreviewStep> steps,
        List<PreviewQuestion> identity,
        List<PreviewQuestion> holds,
        Rendering probe,
        String probeEvery,
        String measuring,
        Long measuringMs,
        String pointOfNoReturn,
        Long estimatedMs,
        List<String> missingSecrets,
        boolean rowsAsked) {

    private static final int SITTINGS_OF_REHEARSAL = 4;
    private static final int SITTINGS_OF_LIVE = 2;

    /**
     * What is to be looked at.
     *
     * @param revision its number
     * @param hash of its content
     * @param finish {@code applied} or {@code restored}; matters for a rehearsal only
     * @param measure {@code full, quick} or {@code none}
     * @param undone for a rollback the ids of what is undone, in that order; empty for all that can be
     */
    record Asked(
            Runbook runbook,
            int revision,
            String hash,
            EnvironmentContent environment,
            Purpose purpose,
            String finish,
            String measure,
            List<String> undone) {}

    public Preview {
        legs = List.copyOf(legs);
        steps = List.copyOf(steps);
        identity = List.copyOf(identity);
        holds = List.copyOf(holds);
        missingSecrets = List.copyOf(missingSecrets);
    }

    /**
     * Works it out; a pure function of what it is given.
     *
     * @param times how long the steps took before
     * @param fill fills actions in
     */
    static Preview of(Asked asked, StepTimes times, Fill fill) {
        Runbook runbook = asked.runbook();
        List<PreviewLeg> legs = legs(asked, times);
        List<PreviewStep> steps = new ArrayList<>();
        for (int i = 0; i < runbook.steps().size(); i++) {
            RunbookStep step = runbook.steps().get(i);
            if (legs.stream().anyMatch(leg -> leg.steps().contains(step.id()))) {
                steps.add(PreviewStep.of(i + 1, step, times, fill));
            }
        }
        JsonNode probe = runbook.content().path("probe");
        Optional<Measured> measured = measured(asked);
        Rendering probed = probe.isMissingNode() ? null : fill.of(StepKind.HTTP, probe);
        List<PreviewQuestion> identity = questions(asked.environment().identity(), fill);
        List<PreviewQuestion> holds = questions(runbook.holds(), fill);
        return new Preview(
                runbook.key(),
                asked.revision(),
                asked.hash(),
                asked.environment().key(),
                asked.environment().tier().word(),
                asked.purpose().word(),
                legs,
                steps,
                identity,
                holds,
                probed,
                probe.path("every").asText(null),
                measured.map(Measured::words).orElse(null),
                measured.map(all -> all.time().toMillis()).orElse(null),
                runbook.pointOfNoReturn()
                        .map(RunbookStep::id)
                        .filter(id -> steps.stream().anyMatch(step -> step.id().equals(id)))
                        .orElse(null),
                total(legs, measured),
                List.copyOf(fill.missing()),
                false);
    }

    private static List<PreviewQuestion> questions(List<JsonNode> nodes, Fill fill) {
        return nodes.stream().map(node -> PreviewQuestion.of(node, fill)).toList();
    }

    private static List<PreviewLeg> legs(Asked asked, StepTimes times) {
        List<RunbookStep> all = asked.runbook().steps();
        List<RunbookStep> reversible =
                all.stream().takeWhile(step -> step.irreversible().isEmpty()).toList();
        var walked = new ArrayList<PreviewLeg>();
        switch (asked.purpose()) {
            case LIVE -> add(walked, Leg.FORWARD, all, times);
            case ROLLBACK -> add(walked, Leg.BACK, undone(asked, reversible), times);
            case REHEARSAL -> {
                add(walked, Leg.FORWARD, reversible, times);
                add(walked, Leg.BACK, back(reversible), times);
                boolean restores = "restored".equals(asked.finish());
                add(walked, Leg.AGAIN, restores ? reversible : all, times);
                if (restores) {
                    add(walked, Leg.BACK, back(reversible), times);
                }
            }
        }
        return walked;
    }

    private static List<RunbookStep> undone(Asked asked, List<RunbookStep> reversible) {
        return asked.undone().isEmpty()
                ? back(reversible)
                : asked.undone().stream()
                        .flatMap(id -> asked.runbook().step(id).stream())
                        .toList();
    }

    private static List<RunbookStep> back(List<RunbookStep> there) {
        var undone = new ArrayList<>(
                there.stream().filter(step -> step.rollback().isPresent()).toList());
        Collections.reverse(undone);
        return undone;
    }

    private static void add(List<PreviewLeg> walked, Leg leg, List<RunbookStep> steps, StepTimes times) {
        List<String> byItself = steps.stream()
                .filter(step -> !isByPerson(step, leg))
                .map(RunbookStep::id)
                .toList();
        Optional<Duration> usually = leg == Leg.BACK ? times.undoing(byItself) : times.there(byItself);
        walked.add(new PreviewLeg(
                walked.size() + 1,
                leg.word(),
                steps.stream().map(RunbookStep::id).toList(),
                usually.map(Duration::toMillis).orElse(null),
                steps.size() - byItself.size()));
    }

    private static boolean isByPerson(RunbookStep step, Leg leg) {
        StepKind kind =
                leg == Leg.BACK ? step.rollback().map(undo -> undo.kind()).orElse(step.kind()) : step.kind();
        return kind == StepKind.MANUAL;
    }

    /** What is measured around a run. */
    private record Measured(String words, Duration time) {}

    private static Optional<Measured> measured(Asked asked) {
        var metrics = asked.runbook().metrics();
        if (metrics.isEmpty() || "none".equals(asked.measure()) || asked.purpose() == Purpose.ROLLBACK) {
            return Optional.empty();
        }
        boolean rehearsal = asked.purpose() == Purpose.REHEARSAL;
        SittingSize one = "quick".equals(asked.measure()) ? SittingSize.quick(metrics) : SittingSize.full(metrics);
        int sittings = rehearsal ? SITTINGS_OF_REHEARSAL : SITTINGS_OF_LIVE;
        String names = String.join(
                ", ", metrics.stream().map(each -> each.path("name").asText()).toList());
        String when = rehearsal
                ? "before, after, rolled back, and after again"
                : "after, and before unless there is a fresh baseline";
        return Optional.of(new Measured(
                names + ": " + when + "; " + one.words() + " a sitting",
                one.time().multipliedBy(sittings)));
    }

    private static Long total(List<PreviewLeg> legs, Optional<Measured> measured) {
        if (legs.stream().map(PreviewLeg::estimatedMs).anyMatch(Objects::isNull)) {
            return null;
        }
        long steps = legs.stream().mapToLong(PreviewLeg::estimatedMs).sum();
        return steps + measured.map(all -> all.time().toMillis()).orElse(0L);
    }

    /** The same with steps about which the databases were asked. */
    Preview asked(List<PreviewStep> answered) {
        return new Preview(
                migration,
                revision,
                revisionHash,
                environment,
                tier,
                purpose,
                legs,
                answered,
                identity,
                holds,
                probe,
                probeEvery,
                measuring,
                measuringMs,
                pointOfNoReturn,
                estimatedMs,
                missingSecrets,
                true);
    }

    /** How long all of it usually takes; null when not known. */
    public Duration estimated() {
        return estimatedMs == null ? null : Duration.ofMillis(estimatedMs);
    }

    /** The step behind which there is no way back; null when there is none. */
    public PreviewStep noReturn() {
        return steps.stream()
                .filter(step -> step.id().equals(pointOfNoReturn))
                .findFirst()
                .orElse(null);
    }

    /** How many of its steps a database could be asked about. */
    public long askable() {
        return steps.stream().filter(step -> step.kind().equals("sql")).count();
    }

    /** How many steps a person does. */
    public long byPerson() {
        return steps.stream().filter(step -> step.kind().equals("manual")).count();
    }

    /** What stands against it as things are: steps that could not be filled in. */
    public List<PreviewStep> troubled() {
        return steps.stream()
                .filter(step -> step.executes().trouble().isPresent()
                        || step.undo() != null
                                && step.undo().executes().trouble().isPresent())
                .toList();
    }
}
