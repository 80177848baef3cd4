package dev.switchback.verdict;

import java.util.List;

/**
 * What is said about one endpoint of one metric.
 *
 * @param metric its name
 * @param metricClass which state of the caches it is about
 * @param endpoint what was looked at
 * @param declared whether it was declared in advance; otherwise it is explored: shown grey, never part of the whole
 * @param intent what was declared
 * @param met whether that came out; null when a person must decide
 * @param reason the row of the table that decided
 * @param numbers what was computed
 * @param sentence what the page says, in one to three sentences
 * @param remarks what else should be known, one line each: reversal, matched inputs, that it was extended
 * @param blocks the block values in time order, one for each leg
 * @param reversal what the legs say about each other, null when there was no rollback in between
 */
public record Judgement(
        String metric,
        MetricClass metricClass,
        Endpoint endpoint,
        boolean declared,
        Intent intent,
        Boolean met,
        Reason reason,
        Numbers numbers,
        String sentence,
        List<String> remarks,
        List<LegBlocks> blocks,
        Reversal reversal) {

    public Judgement {
        remarks = List.copyOf(remarks);
        blocks = List.copyOf(blocks);
    }

    /** The word of the verdict. */
    public VerdictWord word() {
        return reason.word();
    }
}
