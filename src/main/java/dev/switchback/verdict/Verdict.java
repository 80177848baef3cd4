package dev.switchback.verdict;

import java.util.List;

/**
 * The answer to "did it get better?". {@code met}, {@code grade} and the judgements are what a gate looks at; the word
 * is for people.
 *
 * @param method the version of the judge: {@code judge/1}
 * @param word the word of the whole: regressed if anything is, else possibly worse, not comparable, inconclusive,
 *     improved, no change
 * @param reason why
 * @param headline one short sentence: "Nothing got worse."
 * @param sentence how many of how many, what holds it back, what would settle it
 * @param grade how strong the evidence is
 * @param gradeWords why it is that grade and not a better one
 * @param level what claims had to undercut, 0.05, or 0.025 at a second look
 * @param met whether every declared intent came out: false when one failed, null when a person must decide
 * @param checks can the two sides be compared
 * @param judgements one for each metric and endpoint, in declared order; explored ones behind
 * @param facts what each metric looked like
 */
public record Verdict(
        String method,
        VerdictWord word,
        Reason reason,
        String headline,
        String sentence,
        Grade grade,
        String gradeWords,
        double level,
        Boolean met,
        List<Check> checks,
        List<Judgement> judgements,
        List<MetricFacts> facts) {

    public Verdict {
        checks = List.copyOf(checks);
        judgements = List.copyOf(judgements);
        facts = List.copyOf(facts);
    }
}
