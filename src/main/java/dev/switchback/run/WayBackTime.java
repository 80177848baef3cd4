package dev.switchback.run;

import dev.switchback.step.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How long the way back really took, held against what the migration declares with {@code rollbackWithin}. Immutable.
 *
 * @param run in which run
 * @param took from when it was asked for, or began by itself, until the last undo had ended
 * @param objective what was declared; null when nothing was
 */
public record WayBackTime(long run, Duration took, Duration objective) {

    /** Below this, whole seconds would say too little: an undo of 0.2 s took no "0 s". */
    private static final Duration EXACT = Duration.ofSeconds(10);

    /**
     * Of the first way back that this run went to its end; a pure function. Empty when it went none.
     *
     * @param asked when somebody asked for it, or the run turned by itself; empty for a rehearsal, whose way back begins
     *     with its first undo: what it measures before is no part of it
     */
    static Optional<WayBackTime> of(Walk walk, Optional<Instant> asked) {
        int leg = walk.steps().stream()
                .filter(step -> step.leg() == Leg.BACK)
                .mapToInt(RunStep::legNo)
                .min()
                .orElse(0);
        List<RunStep> undos =
                walk.steps().stream().filter(step -> step.legNo() == leg).toList();
        boolean whole = !undos.isEmpty()
                && undos.stream()
                        .allMatch(step -> step.state() == StepState.SUCCEEDED
                                && step.startedAt() != null
                                && step.endedAt() != null);
        if (!whole) {
            return Optional.empty();
        }
        Instant first = asked.orElseGet(() ->
                undos.stream().map(RunStep::startedAt).min(Instant::compareTo).orElseThrow());
        Instant last =
                undos.stream().map(RunStep::endedAt).max(Instant::compareTo).orElseThrow();
        return Optional.of(new WayBackTime(
                walk.run().id() == null ? 0 : walk.run().id(),
                Duration.between(first, last),
                walk.runbook().rollbackWithin().orElse(null)));
    }

    /** Whether it took no longer than declared, or nothing was declared. */
    public boolean isKept() {
        return objective == null || took.compareTo(objective) <= 0;
    }

    /** {@code Way back: 1 min 58 s in run 44, objective 5 min: kept}. */
    public String words() {
        String said = "Way back: " + Durations.words(took.compareTo(EXACT) < 0 ? took : Lateness.rounded(took))
                + " in run " + run;
        return objective == null
                ? said + "; no objective is declared"
                : said + ", objective " + Durations.words(objective) + ": " + (isKept() ? "kept" : "missed");
    }
}
