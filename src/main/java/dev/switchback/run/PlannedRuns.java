package dev.switchback.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs that begin later, with how long they usually take; only those that may be seen. Needs a transaction. */
@ApplicationScoped
public class PlannedRuns {

    @Inject
    Runs runs;

    @Inject
    PastTimes pastTimes;

    /**
     * A run that has not begun.
     *
     * @param usually how long it usually takes as a whole; empty when not known
     */
    public record PlannedRun(Run run, Optional<Duration> usually) {}

    /** Those that are to begin between two moments, the end left out, in order. */
    public List<PlannedRun> between(Instant from, Instant to) {
        List<Run> planned = runs.plannedBetween(from, to);
        Map<Long, List<RunStep>> steps = runs.stepsOf(planned).stream()
                .collect(Collectors.groupingBy(step -> step.run().id()));
        Map<Long, StepTimes> times =
                pastTimes.ofEach(planned.stream().map(Run::migration).toList());
        return planned.stream()
                .map(run -> new PlannedRun(
                        run,
                        UsualTime.of(
                                new Walk(run, Legs.runbookOf(run), steps.getOrDefault(run.id(), List.of())),
                                times.get(run.migration().id()))))
                .toList();
    }
}
