package dev.switchback.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/** One thing that happened, as the event stream carries it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunEventView(
        long run,
        int no,
        Instant at,
        String actor,
        String action,
        String leg,
        String step,
        Integer attempt,
        String from,
        String to,
        String note) {

    static RunEventView of(long runId, RunEvent event) {
        return new RunEventView(
                runId,
                event.no(),
                event.at(),
                event.actor(),
                event.action(),
                event.leg(),
                event.stepId(),
                event.attempt(),
                event.fromState(),
                event.toState(),
                event.note());
    }
}
