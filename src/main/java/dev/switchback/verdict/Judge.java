package dev.switchback.verdict;

import dev.switchback.verdict.judge1.JudgeOne;
import java.util.List;

/**
 * One version of the method. A version that was released is never changed: what it judged can be recomputed years later
 * with the same result. A better method is a new version beside it. Pure, safe for use by several threads.
 */
public interface Judge {

    /** The version that new comparisons are judged by. */
    String CURRENT = JudgeOne.VERSION;

    /** All versions, the oldest first. */
    List<String> VERSIONS = List.of(JudgeOne.VERSION);

    /**
     * The judge of a version.
     *
     * @throws IllegalArgumentException when there is no such version
     */
    static Judge of(String version) {
        if (version.equals(JudgeOne.VERSION)) {
            return new JudgeOne();
        }
        throw new IllegalArgumentException("There is no " + version + ", known are " + String.join(", ", VERSIONS));
    }

    /** Its name: {@code judge/1}. */
    String version();

    /** Judges. Every comparison gets a verdict; what cannot be judged is said so, with the reason. */
    Verdict judge(Comparison comparison);
}
