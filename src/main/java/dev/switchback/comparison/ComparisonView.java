package dev.switchback.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * A comparison as programs see it (CONTRACT.md, section 4, shapes).
 *
 * @param run the run whose legs were compared, or null
 * @param before the number of the newest measurement before
 * @param after the number of the newest measurement after
 * @param said what the judge said; its members stand beside these
 * @param legs every sitting that was looked at, in the order in which they were carried out
 * @param declaredAt since when the metrics are declared as they were judged: the latest of them
 * @param inputHash the name of all that the judge was told
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ComparisonView(
        long id,
        Long run,
        long before,
        long after,
        String migration,
        String environment,
        @JsonUnwrapped VerdictView said,
        List<LegView> legs,
        Instant declaredAt,
        String inputHash,
        String bundle,
        Instant createdAt,
        String createdBy) {

    /**
     * A sitting.
     *
     * @param name what the page calls it
     * @param side before or after
     */
    public record LegView(String name, String side, long measurement, boolean interrupted) {

        static LegView of(JsonNode leg) {
            return new LegView(
                    leg.path("name").asText(),
                    leg.path("side").asText(),
                    leg.path("measurement").asLong(),
                    leg.path("interrupted").asBoolean());
        }
    }

    /** The comparison as it is kept; needs a transaction. */
    public static ComparisonView of(KeptComparison kept) {
        JudgeInput input = kept.input();
        return new ComparisonView(
                kept.id(),
                kept.run(),
                kept.before(),
                kept.after(),
                kept.migration().key(),
                kept.environment().key(),
                VerdictView.of(kept.said(), input),
                input.legs().stream().map(LegView::of).toList(),
                declaredAt(input),
                kept.inputHash(),
                "/api/v1/comparisons/" + kept.id() + "/bundle.zip",
                kept.createdAt(),
                kept.createdBy());
    }

    private static Instant declaredAt(JudgeInput input) {
        return JudgeInput.items(input.tree().path("metrics")).stream()
                .map(metric -> metric.path("declaredAt").asText(""))
                .filter(at -> !at.isEmpty())
                .map(Instant::parse)
                .max(Instant::compareTo)
                .orElse(null);
    }
}
