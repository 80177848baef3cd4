package dev.switchback.run;

import dev.switchback.step.Durations;
import dev.switchback.web.Labels;
import java.time.Duration;
import java.util.List;

/** The report of a run as Markdown, for a ticket. Whatever people wrote stays text: it cannot become a table or a link. */
final class ReportMarkdown {

    private ReportMarkdown() {}

    static String of(RunReport report) {
        Run run = report.run();
        var text = new StringBuilder();
        line(text, "# Run " + run.id() + ": " + cell(run.migration().title()));
        line(text, "");
        line(text, "**" + cell(report.state()) + "**");
        line(text, "");
        line(
                text,
                "- What: " + cell(run.migration().key()) + ", revision "
                        + run.revision().number() + ", "
                        + run.revision().contentHash().substring(0, 8) + ", " + RunLabels.kind(run));
        line(
                text,
                "- Where: " + cell(run.service()) + " in "
                        + cell(run.environment().key()) + " ("
                        + run.pinnedEnvironment().tier().word() + ")");
        line(text, "- Asked for by " + cell(run.requestedBy()) + " at " + Labels.full(run.createdAt()));
        report.page().assent().rows().forEach(row -> line(text, "- " + cell(row.words())));
        if (run.startedAt() != null) {
            line(
                    text,
                    "- Started " + Labels.full(run.startedAt())
                            + (run.endedAt() == null ? "" : ", ended " + Labels.full(run.endedAt())));
        }
        line(
                text,
                "- Took " + time(report.took()) + ", usually "
                        + time(report.page().usually()));
        line(text, "- " + report.wayBack());
        if (report.page().probe() != null) {
            line(
                    text,
                    "- Probe: " + report.page().probe().answer() + ", "
                            + report.page().probe().count() + " failed");
        }
        line(text, "");
        line(text, "| | Step | Planned | Actual | State | Undone by |");
        line(text, "| --- | --- | --- | --- | --- | --- |");
        report.rows().forEach(row -> line(text, row(row)));
        lines(text, "Measured", report.verdicts());
        lines(text, "Checklist", report.checklist());
        line(text, "");
        line(text, "## What happened");
        line(text, "");
        report.page()
                .events()
                .forEach(each -> line(
                        text,
                        "- " + Labels.full(each.at()) + " "
                                + cell(each.about() + " " + each.what()
                                        + (each.who().isEmpty() ? "" : " by " + each.who())
                                        + (each.why().isEmpty() ? "" : ": " + each.why()))));
        return text.toString();
    }

    private static String row(ReportRow row) {
        return "| "
                + String.join(
                        " | ",
                        List.of(
                                cell(row.leg()),
                                row.number() + ". " + cell(row.title()),
                                time(row.planned()),
                                time(row.actual()) + (row.late().isEmpty() ? "" : " (longer than usual)"),
                                cell(row.mark().word()),
                                cell(row.undoneBy())))
                + " |";
    }

    private static void lines(StringBuilder text, String title, List<ReportLine> lines) {
        if (!lines.isEmpty()) {
            line(text, "");
            line(text, "## " + title);
            line(text, "");
            lines.forEach(
                    each -> line(text, "- " + cell(each.title()) + ": " + each.word() + ". " + cell(each.text())));
        }
    }

    private static String time(Duration time) {
        return time == null ? "not known" : Durations.words(time);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    /** In one line, with what Markdown or HTML would read as its own escaped. */
    static String cell(String text) {
        return text.replaceAll("\\s+", " ").strip().replaceAll("([\\\\`*_\\[\\]<>|#~!&])", "\\\\$1");
    }
}
