package dev.switchback.run;

import dev.switchback.environment.Environments;
import dev.switchback.migration.Migrations;
import dev.switchback.probe.ProbeView;
import dev.switchback.probe.Probing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Gathers what the start page shows, in one transaction. */
@ApplicationScoped
public class ShowNow {

    private static final int FINISHED = 20;
    private static final int UNREVIEWED = 20;
    private static final Duration RECENTLY = Duration.ofHours(24);

    @Inject
    Runs runs;

    @Inject
    PastTimes pastTimes;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    Probing probing;

    @Inject
    InstantSource clock;

    /** The page of this moment. */
    @Transactional
    public NowPage page() {
        Instant now = clock.instant();
        List<Run> active = runs.active(NowPage.EACH);
        Map<Long, List<RunStep>> steps = steps(active);
        Map<Long, StepTimes> times =
                pastTimes.ofEach(active.stream().map(Run::migration).toList());
        Map<Long, ProbeView> probes = probing.views(active.stream().map(Run::id).toList());
        List<Mover> movers = active.stream()
                .map(run -> mover(
                        run,
                        steps.getOrDefault(run.id(), List.of()),
                        times.get(run.migration().id()),
                        probes.get(run.id()),
                        now))
                .toList();
        boolean hasEnvironment = environments.findAll().firstResultOptional().isPresent();
        boolean hasMigration = migrations.findAll().firstResultOptional().isPresent();
        return new NowPage(
                movers.stream()
                        .filter(Mover::needsPerson)
                        .sorted(mostUncertainFirst())
                        .toList(),
                runs.unreviewed(UNREVIEWED),
                movers.stream()
                        .filter(mover -> !mover.needsPerson() && !mover.isPlanned())
                        .toList(),
                movers.stream()
                        .filter(mover -> !mover.needsPerson() && mover.isPlanned())
                        .sorted(Comparator.comparing(mover -> mover.run().startAt()))
                        .toList(),
                ended(now),
                !hasEnvironment || !hasMigration,
                hasEnvironment,
                hasMigration);
    }

    /** A failed way back before an unknown outcome, that before a failure, that before a question. */
    private static Comparator<Mover> mostUncertainFirst() {
        return Comparator.<Mover>comparingInt(
                        mover -> switch (mover.headline().mark().tone()) {
                            case "s-unk" -> 1;
                            case "s-fail" -> mover.run().state() == RunState.ROLLBACK_FAILED ? 0 : 2;
                            default -> 3;
                        })
                .thenComparing(mover -> mover.run().id());
    }

    private Map<Long, List<RunStep>> steps(List<Run> of) {
        return runs.stepsOf(of).stream()
                .collect(Collectors.groupingBy(step -> step.run().id()));
    }

    private Mover mover(Run run, List<RunStep> steps, StepTimes times, ProbeView probe, Instant now) {
        var walk = new Walk(run, Legs.runbookOf(run), steps);
        return new Mover(
                run,
                Headline.of(walk, now),
                Segments.of(walk, times, now),
                Brake.of(walk, false, clock.instant()),
                times.sum(steps).orElse(null),
                walk.wayBack().undos().size(),
                walk.asking().map(RunStep::title).orElse(null),
                walk.asking().map(walk::number).orElse(0),
                probe);
    }

    private List<NowPage.Ended> ended(Instant now) {
        List<Run> over = runs.endedSince(now.minus(RECENTLY), FINISHED);
        Map<Long, List<RunStep>> steps = steps(over);
        return over.stream()
                .map(run -> new NowPage.Ended(
                        run,
                        Headline.of(new Walk(run, Legs.runbookOf(run), steps.getOrDefault(run.id(), List.of())), now)))
                .toList();
    }
}
