package dev.switchback.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.switchback.verdict.Check;
import dev.switchback.verdict.Judgement;
import dev.switchback.verdict.LegBlocks;
import dev.switchback.verdict.MetricFacts;
import dev.switchback.verdict.Numbers;
import dev.switchback.verdict.Reversal;
import dev.switchback.verdict.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * What a judge said, as programs see it (CONTRACT.md, section 4, shapes): the same bytes from the server and from the
 * command line.
 *
 * @param grade A to D: how strong the design that was carried out is
 * @param verdict improved, no-change, regressed, inconclusive, not-comparable or not-measured
 * @param reason the code of the row of the table that decided
 * @param level what a claim had to undercut
 * @param met whether every intent came out; null when a person must decide
 * @param metrics one for each metric and endpoint
 * @param facts what each metric looked like
 * @param remarks what a reader must know besides, one sentence each
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record VerdictView(
        String grade,
        String gradeWords,
        String verdict,
        String reason,
        String headline,
        String sentence,
        Boolean met,
        String method,
        double level,
        List<CheckView> checks,
        List<MetricView> metrics,
        List<MetricFacts> facts,
        List<String> remarks) {

    /**
     * An answer to "can the two sides be compared?".
     *
     * @param state holds, fails or unknown
     */
    public record CheckView(String key, String state, String title, String words) {

        static CheckView of(Check check) {
            return new CheckView(
                    check.key(), check.state().name().toLowerCase(Locale.ROOT), check.title(), check.words());
        }
    }

    /**
     * What is said about one endpoint of one metric. Changes are fractions where {@code scale} is ratio or points (-0.23
     * is 23 % or 23 points less), else in the unit of the values; a number that could not be computed is null.
     *
     * @param metricClass warm, cold or any
     * @param endpoint p50, p95, errors, dbCalls, hitRatio or value
     * @param reason the code of the row
     * @param low the lower end of the interval of the change
     * @param p how often chance alone does this; two-sided
     * @param holmP the same, corrected for the number of looks
     * @param smallestVisible the smallest change that so many blocks would have shown in four of five cases
     * @param declared whether it was declared in advance
     * @param details the blocks in time order by leg, and what the legs say about each other
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record MetricView(
            String name,
            @JsonProperty("class") String metricClass,
            String endpoint,
            String verdict,
            String reason,
            int row,
            Double before,
            Double after,
            Double change,
            Double low,
            Double high,
            Double p,
            Double smallestVisible,
            String intent,
            Boolean met,
            String sentence,
            String unit,
            String scale,
            Double holmP,
            Double threshold,
            Double effect,
            Integer blocksNeeded,
            Integer blocksMore,
            Double minutesMore,
            boolean declared,
            List<String> remarks,
            Details details) {

        static MetricView of(Judgement judgement) {
            Numbers numbers = judgement.numbers();
            return new MetricView(
                    judgement.metric(),
                    judgement.metricClass().key(),
                    judgement.endpoint().key(),
                    judgement.word().key(),
                    judgement.reason().name(),
                    judgement.reason().row(),
                    finite(numbers.before()),
                    finite(numbers.after()),
                    finite(numbers.change()),
                    finite(numbers.low()),
                    finite(numbers.high()),
                    finite(numbers.p()),
                    finite(numbers.smallestVisible()),
                    judgement.intent().key(),
                    judgement.met(),
                    judgement.sentence(),
                    numbers.unit(),
                    numbers.scale() == null ? null : numbers.scale().name().toLowerCase(Locale.ROOT),
                    finite(numbers.adjustedP()),
                    finite(numbers.threshold()),
                    finite(numbers.effect()),
                    numbers.blocksNeeded(),
                    numbers.blocksMore(),
                    finite(numbers.minutesMore()),
                    judgement.declared(),
                    judgement.remarks(),
                    new Details(judgement.blocks(), judgement.reversal()));
        }

        /** JSON knows no infinity: an end of an interval that has none is null. */
        private static Double finite(Double value) {
            return value == null || !Double.isFinite(value) ? null : value;
        }
    }

    /**
     * What the page draws.
     *
     * @param blocks the block values in time order, one for each leg
     * @param reversal what the legs say about each other; null when there was no rollback in between
     */
    public record Details(List<LegBlocks> blocks, Reversal reversal) {}

    /** What outside is told of a verdict. */
    static VerdictView of(Verdict verdict, JudgeInput input) {
        return new VerdictView(
                verdict.grade().name(),
                verdict.gradeWords(),
                verdict.word().key(),
                verdict.reason().name(),
                verdict.headline(),
                verdict.sentence(),
                verdict.met(),
                verdict.method(),
                verdict.level(),
                verdict.checks().stream().map(CheckView::of).toList(),
                verdict.judgements().stream().map(MetricView::of).toList(),
                verdict.facts(),
                input.remarks());
    }
}
