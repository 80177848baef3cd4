package dev.switchback.run;

import java.time.Duration;
import java.util.List;

/**
 * What is put into the ticket: one page about one run. Immutable.
 *
 * @param page the facts of the run's own page
 * @param rows every step on every leg: planned, actual, state, undone by
 * @param verdicts what the judge said of each metric
 * @param checklist the questions with their answers
 */
public record RunReport(RunPage page, List<ReportRow> rows, List<ReportLine> verdicts, List<ReportLine> checklist) {

    public RunReport {
        rows = List.copyOf(rows);
        verdicts = List.copyOf(verdicts);
        checklist = List.copyOf(checklist);
    }

    static RunReport of(RunPage page, Walk walk, StepTimes times, StepDescription.Writer words) {
        return new RunReport(
                page,
                walk.steps().stream()
                        .map(step -> ReportRow.of(walk, step, times, words))
                        .toList(),
                List.of(),
                List.of());
    }

    RunReport with(List<ReportLine> said, List<ReportLine> ticked) {
        return new RunReport(page, rows, said, ticked);
    }

    public Run run() {
        return page.run();
    }

    /** How long it took from its start to its end; null while it runs. */
    public Duration took() {
        return run().startedAt() == null || run().endedAt() == null
                ? null
                : Duration.between(run().startedAt(), run().endedAt());
    }

    /** Where it stands, as a sentence. */
    public String state() {
        return page.headline().mark().word() + " " + page.headline().text();
    }

    /** What was declared for the way back, and what it took; never empty. */
    public String wayBack() {
        if (page.wayBackTime() != null) {
            return page.wayBackTime().words();
        }
        return "No way back was gone to its end in this run"
                + Legs.runbookOf(run())
                        .rollbackWithin()
                        .map(within -> "; the objective is " + dev.switchback.step.Durations.words(within))
                        .orElse("");
    }
}
