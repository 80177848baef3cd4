package dev.switchback.run;

import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.platform.Json;
import dev.switchback.step.StepKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A run without a database, brought into a state the way the engine would: by what happened to it. */
public final class RunFixture {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Run run;
    private final List<RunStep> leg = new ArrayList<>();

    private RunFixture(Purpose purpose, String finish, String measure) {
        this.run = new Run(
                new Run.Order(
                        revision(), null, "{}", "shop", purpose, finish, measure, null, null, "author", null, null),
                NOW);
    }

    private static MigrationRevision revision() {
        var migration = new Migration("sample", NOW, "author");
        return new MigrationRevision(migration, 1, Json.object("{}"), "hash", "work", "source", null, NOW, "author");
    }

    public static RunFixture run(Purpose purpose) {
        return new RunFixture(purpose, "applied", "none");
    }

    /** A run that measures in full. */
    public static RunFixture runThatMeasures(Purpose purpose) {
        return new RunFixture(purpose, "applied", "full");
    }

    public static RunFixture rehearsalThatRestores() {
        return new RunFixture(Purpose.REHEARSAL, "restored", "none");
    }

    /** These things happened to the run. */
    public RunFixture after(RunHappening... happenings) {
        for (RunHappening what : happenings) {
            run.setState(RunState.LIFE.next(run.state(), what).orElseThrow(), NOW);
        }
        return this;
    }

    /** It is on this leg. */
    public RunFixture on(Leg where, int number) {
        run.turns(where, number);
        return this;
    }

    /** The leg has one more step, to which these things happened. */
    public RunFixture step(String id, StepHappening... happenings) {
        var step = new RunStep(run, run.legNo(), run.leg(), leg.size() + 1, id, id, "change", StepKind.SHELL, 1);
        for (StepHappening what : happenings) {
            step.setState(StepState.LIFE.next(step.state(), what).orElseThrow(), NOW);
        }
        leg.add(step);
        return this;
    }

    /** A person wants this. */
    public RunFixture wanting(Wanted wanted) {
        run.wants(wanted, "operator", "because");
        return this;
    }

    /** The last step may not be tried before this moment. */
    public RunFixture notBefore(Instant moment) {
        leg.get(leg.size() - 1).retriesAt(moment);
        return this;
    }

    public Run run() {
        return run;
    }

    public List<RunStep> leg() {
        return leg;
    }
}
