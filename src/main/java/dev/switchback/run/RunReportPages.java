package dev.switchback.run;

import dev.switchback.checklist.ReadChecklist;
import dev.switchback.comparison.ComparisonView;
import dev.switchback.comparison.Comparisons;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** The report of a run: one page that prints. */
@Path("/runs/{id}/report")
public class RunReportPages {

    @Inject
    ShowRun show;

    @Inject
    Comparisons comparisons;

    @Inject
    ReadChecklist checklist;

    /** The page. */
    @CheckedTemplate(basePath = "run", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance report(RunReport it);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public String report(@RestPath long id) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Templates.report(gather(id)).render());
    }

    /** With what the judge said and what was ticked off; needs a transaction. */
    RunReport gather(long id) {
        RunReport report = show.report(id);
        return report.with(verdicts(id), ticks(report.run()));
    }

    private List<ReportLine> verdicts(long id) {
        var lines = new ArrayList<ReportLine>();
        comparisons.ofRun(id).stream()
                .findFirst()
                .ifPresent(kept -> ComparisonView.of(kept).said().metrics().stream()
                        .filter(metric -> metric.declared())
                        .forEach(metric -> lines.add(new ReportLine(
                                metric.name() + " " + metric.endpoint(), metric.met(), metric.sentence()))));
        return lines;
    }

    private List<ReportLine> ticks(Run run) {
        return checklist.summary(run.revision(), Legs.runbookOf(run)).items().stream()
                .map(row -> new ReportLine(
                        row.item().title(),
                        row.isDone(),
                        said(
                                row.by(),
                                row.note(),
                                row.last().map(tick -> tick.evidence()).orElse(null))))
                .toList();
    }

    private static String said(String by, String note, String evidence) {
        var parts = new ArrayList<String>();
        if (by != null) {
            parts.add("by " + by);
        }
        if (note != null && !note.isBlank()) {
            parts.add(note);
        }
        if (evidence != null && !evidence.isBlank()) {
            parts.add(evidence);
        }
        return String.join("; ", parts);
    }
}
