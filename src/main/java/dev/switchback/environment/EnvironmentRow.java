package dev.switchback.environment;

import dev.switchback.environment.RunsHere.RunHere;
import java.time.Instant;
import java.util.List;

/**
 * An environment in the list.
 *
 * @param key its key
 * @param name its name
 * @param tier the word of its tier
 * @param owner its owner, or empty
 * @param targets how many targets it has
 * @param answering how many answered at the last check
 * @param checkedAt when that was, or null
 * @param isFrozen whether nothing may be changed now
 * @param holders the runs that are not over
 * @param last the latest run, or null
 */
public record EnvironmentRow(
        String key,
        String name,
        String tier,
        String owner,
        int targets,
        long answering,
        Instant checkedAt,
        boolean isFrozen,
        List<RunHere> holders,
        RunHere last) {

    static EnvironmentRow of(EnvironmentPage page) {
        return new EnvironmentRow(
                page.environment().key(),
                page.environment().name(),
                page.environment().tier().word(),
                page.content().owner().orElse(""),
                page.targets().size(),
                page.answering(),
                page.checked() == null ? null : page.checked().at(),
                page.isFrozen(),
                page.holders(),
                page.runs().isEmpty() ? null : page.runs().get(0));
    }
}
