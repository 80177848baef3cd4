package dev.switchback.run;

import dev.switchback.web.Mark;
import java.time.Instant;

/**
 * A step in the rail of a run.
 *
 * @param number its number in the runbook
 * @param title what it does
 * @param mark its state
 * @param css the class of its state
 * @param href its own page
 * @param isCurrent whether the run stands here
 * @param heading the phase that begins with it; null when it began before
 * @param isNoReturn whether there is no way back behind it
 * @param time how long it took, or usually takes, as a stop watch shows it; empty when not known
 * @param since when it began, while it runs; null otherwise
 * @param sub what is to be known about it; null when all is well
 */
public record StepRow(
        int number,
        String title,
        Mark mark,
        String css,
        String href,
        boolean isCurrent,
        String heading,
        boolean isNoReturn,
        String time,
        Instant since,
        String sub) {}
