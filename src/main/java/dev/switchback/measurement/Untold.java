package dev.switchback.measurement;

import io.quarkus.qute.TemplateExtension;
import java.util.List;
import java.util.Optional;

/**
 * What the answers of a metric did not tell and a light probe would: guessing it from outside is not possible.
 *
 * @param metric its name
 * @param calls whether nobody knows how many database calls an answer took
 * @param cache whether nobody knows if it came from a cache
 */
public record Untold(String metric, boolean calls, boolean cache) {

    /** Empty when everything is told. */
    public static Optional<Untold> of(String metric, boolean calls, boolean cache) {
        return calls || cache ? Optional.of(new Untold(metric, calls, cache)) : Optional.empty();
    }

    /** What the answers of a measurement left open, once they are all there. */
    @TemplateExtension
    public static List<Untold> untold(MeasurementPage page) {
        return page.isOver()
                ? page.metrics().stream()
                        .map(MetricCard::untold)
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }

    /** What is missing, as a sentence goes on after the name of the metric. */
    public String words() {
        return calls && cache
                ? "how many database calls an answer took, and whether it came from a cache"
                : calls ? "how many database calls an answer took" : "whether an answer came from a cache";
    }

    /** The lines that would tell. */
    public List<LightProbe> probes() {
        return LightProbe.all();
    }
}
