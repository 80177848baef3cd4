package dev.switchback.verdict;

/** Why a verdict is what it is: the sixteen rows of the table in docs/verdict.md, the first that applies decides. */
public enum Reason {
    NOT_MEASURED(1, VerdictWord.NOT_MEASURED, ""),
    NC_TARGET(2, VerdictWord.NOT_COMPARABLE, "something else differs"),
    NC_OTHER_CHANGE(3, VerdictWord.NOT_COMPARABLE, "another change in between"),
    NC_PROBER(4, VerdictWord.NOT_COMPARABLE, "prober overloaded"),
    NC_LOAD(5, VerdictWord.NOT_COMPARABLE, "load differs"),
    NC_MIXED(6, VerdictWord.NOT_COMPARABLE, "hits and misses mixed"),
    NC_CACHE(7, VerdictWord.NOT_COMPARABLE, "cache state differs"),
    NC_ERRORS(8, VerdictWord.NOT_COMPARABLE, "errors differ"),
    NC_UNSTABLE(9, VerdictWord.NOT_COMPARABLE, "baseline drifts"),
    INC_FEW(10, VerdictWord.INCONCLUSIVE, "too few samples"),
    INC_REVERSAL(11, VerdictWord.INCONCLUSIVE, "did not follow the rollback"),
    REGRESSED(12, VerdictWord.REGRESSED, ""),
    IMPROVED(13, VerdictWord.IMPROVED, ""),
    NO_CHANGE(14, VerdictWord.NO_CHANGE, ""),
    INC_SUSPECT(15, VerdictWord.INCONCLUSIVE, "possibly worse"),
    INC_NOISY(16, VerdictWord.INCONCLUSIVE, "too noisy");

    private final int row;
    private final VerdictWord word;
    private final String because;

    Reason(int row, VerdictWord word, String because) {
        this.row = row;
        this.word = word;
        this.because = because;
    }

    /** The row of the table. */
    public int row() {
        return row;
    }

    /** The verdict of this row. */
    public VerdictWord word() {
        return word;
    }

    /** As the page says it: "Not comparable: load differs". */
    public String words() {
        return because.isEmpty() ? word.words() : word.words() + ": " + because;
    }
}
