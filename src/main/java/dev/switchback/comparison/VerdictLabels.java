package dev.switchback.comparison;

import dev.switchback.verdict.Check;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Grade;
import dev.switchback.verdict.Intent;
import dev.switchback.verdict.Judgement;
import dev.switchback.verdict.Numbers;
import dev.switchback.verdict.Reason;
import dev.switchback.verdict.VerdictWord;
import dev.switchback.web.Mark;
import dev.switchback.web.Words;

/** How verdicts look and what pages call them. */
final class VerdictLabels {

    private VerdictLabels() {}

    /** The mark of a word of a verdict. */
    static Mark mark(VerdictWord word, double change) {
        String arrow = change > 0 ? "up" : "down";
        return switch (word) {
            case IMPROVED -> new Mark(arrow, word.words(), "s-ok", false);
            case NO_CHANGE -> new Mark("same", word.words(), "s-idle", false);
            case REGRESSED -> new Mark(arrow, word.words(), "s-fail", false);
            case INCONCLUSIVE -> new Mark("unk", word.words(), "s-wait", false);
            case NOT_COMPARABLE -> new Mark("warn", word.words(), "s-unk", false);
            case NOT_MEASURED -> new Mark("idle", word.words(), "s-idle", false);
        };
    }

    /** The mark of one judgement. */
    static Mark mark(Judgement judgement) {
        Double change = judgement.numbers().change();
        return mark(judgement.word(), change == null ? 0 : change);
    }

    /** The mark of a check, with the word that a screen reader says. */
    static Mark mark(Check.State state) {
        return switch (state) {
            case HOLDS -> new Mark("ok", "Yes", "s-ok", false);
            case FAILS -> new Mark("fail", "No", "s-fail", false);
            case UNKNOWN -> new Mark("unk", "Not known", "s-unk", false);
        };
    }

    /** What was looked at: "Response time, p50", "Failed requests". */
    static String title(Endpoint endpoint) {
        return endpoint.time() ? "Response time, " + endpoint.key() : Words.sentence(endpoint.words());
    }

    /** What was declared, in the terms of the change. */
    static String expected(Judgement judgement, boolean higherIsBetter) {
        Numbers numbers = judgement.numbers();
        Intent intent = judgement.intent();
        boolean more = higherIsBetter || judgement.endpoint() == Endpoint.HIT_RATIO;
        return switch (intent.kind()) {
            case INFORMATIONAL -> "only shown";
            case IMPROVE -> "at least " + (more ? "+" : "−") + percent(intent, judgement.endpoint());
            case MAY_WORSEN -> "at most " + (more ? "−" : "+") + percent(intent, judgement.endpoint());
            case KEEP -> numbers.threshold() == null ? "no worse" : "at most " + (more ? "−" : "+") + limit(numbers);
        };
    }

    private static String limit(Numbers numbers) {
        return numbers.floorMs() == null ? Amounts.size(numbers.threshold(), numbers) : Amounts.time(numbers.floorMs());
    }

    private static String percent(Intent intent, Endpoint endpoint) {
        return Amounts.plain(intent.by() * 100) + (endpoint.share() ? " pt" : " %");
    }

    /** How the evidence becomes stronger; empty where that would need both versions at once. */
    static String stronger(Grade grade) {
        return switch (grade) {
            case D ->
                "To make it stronger: go back, measure before once more and tick both sittings, and this becomes grade"
                        + " C; go there again, measure after once more, and it becomes grade B. A rehearsal does all of"
                        + " that. Next time, measure before twice, at least 15 minutes apart, and it is grade C from the"
                        + " start.";
            case C -> "To make it stronger: rehearse it. Before, after, rolled back and after again is grade B.";
            case A, B -> "";
        };
    }

    /** What makes two sides comparable, or the verdict certain; empty where nothing is in the way. */
    static String remedy(Reason reason) {
        return switch (reason) {
            case NOT_MEASURED -> "Measure the side that is missing";
            case NC_TARGET -> "Measure both sides in the same way";
            case NC_OTHER_CHANGE -> "Measure again while nothing else changes";
            case NC_PROBER -> "Measure again from a quieter machine";
            case NC_LOAD -> "Measure again under the same load";
            case NC_MIXED, NC_CACHE -> "Measure cold against cold";
            case NC_ERRORS -> "Look at what fails, then measure again";
            case NC_UNSTABLE -> "Measure the baseline again";
            case INC_FEW, INC_NOISY, INC_SUSPECT -> "Measure more blocks";
            case INC_REVERSAL -> "Rehearse again, back and forth";
            case REGRESSED, IMPROVED, NO_CHANGE -> "";
        };
    }
}
