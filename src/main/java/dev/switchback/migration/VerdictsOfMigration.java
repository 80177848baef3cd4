package dev.switchback.migration;

import java.time.Instant;
import java.util.List;

/** What the pages of a migration want to know of its comparisons. Asked here, answered by the room of the comparisons. */
public interface VerdictsOfMigration {

    /**
     * What the judge said last in one environment.
     *
     * @param id the number of the comparison
     * @param environment the key of the environment
     * @param word the verdict in a word or two, such as {@code Improved}
     * @param grade how strong the evidence is, A to D
     * @param intent whether what was declared came out, in words
     * @param sentence what he said
     * @param at when
     */
    record LatestVerdict(
            long id, String environment, String word, String grade, String intent, String sentence, Instant at) {}

    /** The newest in each environment, the newest first. */
    List<LatestVerdict> latest(Migration migration);
}
