package dev.switchback.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;

/**
 * A stretch of the way: there, back, there again.
 *
 * @param number from 1
 * @param leg {@code forward, back} or {@code again}
 * @param steps the ids of its steps in the order in which they are done, or undone
 * @param estimatedMs how long what runs by itself usually takes; absent when one of the steps was never timed
 * @param byPerson how many of its steps a person does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewLeg(int number, String leg, List<String> steps, Long estimatedMs, int byPerson) {

    public PreviewLeg {
        steps = List.copyOf(steps);
    }

    /** How long it usually takes; null when not known. */
    public Duration estimated() {
        return estimatedMs == null ? null : Duration.ofMillis(estimatedMs);
    }

    /** For people. */
    public String words() {
        return switch (leg) {
            case "back" -> "Back";
            case "again" -> "Forward again";
            default -> "Forward";
        };
    }
}
