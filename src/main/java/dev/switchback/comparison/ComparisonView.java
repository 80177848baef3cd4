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
 * @param extended whether this is the second look, after blocks were added
 * @param extension the second look at this one: what can be added, or was; null where nobody asked for it
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
        boolean extended,
        ExtensionView extension,
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
                input.isExtended(),
                null,
                kept.inputHash(),
                "/api/v1/comparisons/" + kept.id() + "/bundle.zip",
                kept.createdAt(),
                kept.createdBy());
    }

    /**
     * The second look.
     *
     * @param canExtend before or after: the side to which blocks can be added; null when none can
     * @param seconds about how long adding them takes; null when none can be added
     * @param measurement what was added, or is being added; null when nothing was
     * @param comparison where both are judged together; null while there is nothing to judge
     */
    public record ExtensionView(String canExtend, Long seconds, Long measurement, String comparison) {

        static ExtensionView of(SecondLook extension) {
            return new ExtensionView(
                    extension.side(),
                    extension.expected() == null ? null : extension.expected().toSeconds(),
                    extension.added(),
                    extension.address() == null ? null : "/api/v1" + extension.address());
        }
    }

    /** The same with what is known of the second look. */
    ComparisonView with(SecondLook known) {
        return new ComparisonView(
                id,
                run,
                before,
                after,
                migration,
                environment,
                said,
                legs,
                declaredAt,
                extended,
                ExtensionView.of(known),
                inputHash,
                bundle,
                createdAt,
                createdBy);
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
