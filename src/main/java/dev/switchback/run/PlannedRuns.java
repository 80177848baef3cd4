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

    /** Nobody reads more in a calendar. */
    private static final int PLENTY = 200;

    /**
     * What is to begin between two moments, the end left out.
     *
     * @param all in order, at most 200
     * @param isCut whether there is more than that
     */
    public record Between(List<PlannedRun> all, boolean isCut) {

        /** Copies what it is given. */
        public Between {
            all = List.copyOf(all);
        }
    }

    /**
     * Those that are to begin between two moments.
     *
     * @param environment the key of the only one; empty for all
     * @param service the only one; empty for all
     */
    public Between between(Instant from, Instant to, Optional<String> environment, Optional<String> service) {
        List<Run> found = runs.plannedBetween(from, to, environment, service, PLENTY + 1);
        return new Between(usually(found.stream().limit(PLENTY).toList()), found.size() > PLENTY);
    }

    private List<PlannedRun> usually(List<Run> planned) {
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
