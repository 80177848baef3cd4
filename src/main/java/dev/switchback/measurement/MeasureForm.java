package dev.switchback.measurement;

import dev.switchback.web.Query;
import jakarta.ws.rs.FormParam;
import java.util.List;
import java.util.Map;

/** What a browser posts to measure now. A box that is not ticked is not sent. */
public class MeasureForm {

    @FormParam("environment")
    String environment;

    @FormParam("moment")
    String moment;

    @FormParam("metrics")
    List<String> metrics;

    @FormParam("amount")
    String amount;

    @FormParam("besideTarget")
    String besideTarget;

    @FormParam("besideHeader")
    String besideHeader;

    public String environment() {
        return environment == null ? "" : environment;
    }

    /** Before, unless something else was chosen: the baseline is what people forget. */
    public String moment() {
        return moment == null ? "before" : moment;
    }

    public String amount() {
        return amount == null || !List.of("quick", "thorough").contains(amount) ? "full" : amount;
    }

    /** Whether the box of a metric is ticked; all are on a fresh page. */
    public boolean has(String metric) {
        return metrics == null || metrics.contains(metric);
    }

    public String besideTarget() {
        return besideTarget == null ? "" : besideTarget;
    }

    public String besideHeader() {
        return besideHeader == null ? "" : besideHeader;
    }

    /** Whether something was said about a version beside. */
    public boolean hasBeside() {
        return !besideTarget().isBlank() || !besideHeader().isBlank();
    }

    private Beside beside() {
        if (!hasBeside()) {
            return null;
        }
        String[] header = besideHeader().split(":", 2);
        return new Beside(
                besideTarget(),
                besideHeader().isBlank()
                        ? Map.of()
                        : Map.of(header[0].strip(), header.length == 1 ? "" : header[1].strip()));
    }

    MeasureNow.Request request(String migration) {
        return new MeasureNow.Request(
                migration,
                Query.filled(environment).orElse(null),
                Query.filled(moment).orElse(null),
                metrics == null ? List.of() : metrics,
                Query.filled(amount).orElse(null),
                beside());
    }
}
