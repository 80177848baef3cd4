package dev.switchback.run;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.jboss.resteasy.reactive.RestPath;

/** The same report as Markdown. */
@Path("/runs/{id}/report.md")
public class RunReportTextPages {

    @Inject
    RunReportPages pages;

    @GET
    @Produces("text/markdown;charset=UTF-8")
    public String markdown(@RestPath long id) {
        return QuarkusTransaction.requiringNew().call(() -> ReportMarkdown.of(pages.gather(id)));
    }
}
