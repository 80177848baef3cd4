package dev.switchback.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.measurement.Untold;
import dev.switchback.verdict.MetricFacts;
import io.quarkus.qute.TemplateExtension;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the answers of both sides left open, so that a light probe can be offered for it. */
public final class UntoldNumbers {

    private UntoldNumbers() {}

    /** Of each metric whose requests Switchback has sent; another tool's file has no more than it has. */
    @TemplateExtension
    public static List<Untold> untold(ComparisonPage page) {
        Set<String> asked = asked(page.kept().input());
        return page.said().facts().stream()
                .filter(facts -> asked.contains(facts.metric()))
                .map(facts -> of(facts.metric(), facts.before(), facts.after()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Untold> of(String metric, MetricFacts.SideFacts before, MetricFacts.SideFacts after) {
        boolean answered = before.p50() != null && after.p50() != null;
        return answered
                ? Untold.of(
                        metric,
                        before.dbCalls() == null || after.dbCalls() == null,
                        isUntold(before.hits()) || isUntold(after.hits()))
                : Optional.empty();
    }

    private static boolean isUntold(MetricFacts.Share hits) {
        return hits == null || hits.of() == 0;
    }

    private static Set<String> asked(JudgeInput input) {
        var names = new HashSet<String>();
        for (JsonNode leg : input.tree().path("legs")) {
            for (JsonNode samples : leg.path("samples")) {
                if (samples.has("plannedRate")) {
                    names.add(samples.path("metric").asText());
                }
            }
        }
        return names;
    }
}
