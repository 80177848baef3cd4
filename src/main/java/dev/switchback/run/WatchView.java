package dev.switchback.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * What is watched while a run is under way, as programs see it.
 *
 * @param askedAt when all of it had been asked the last time; null before
 * @param wayBackReady whether nothing that the way back needs is missing
 * @param holds what must stay true from the first step to the last
 * @param needs what the undo of each step needs
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WatchView(Instant askedAt, boolean wayBackReady, List<Condition> holds, List<Condition> needs) {

    /**
     * One condition with the latest answer.
     *
     * @param step the step whose undo needs it; null for a hold
     * @param state {@code unasked}, {@code holds}, {@code broken} or {@code could-not-ask}
     * @param lost whether that counts: what the undo of a step to come needs may still come into being
     * @param since since when the state is so
     * @param acceptedBy who lets the run go on against it
     */
    public record Condition(
            String name,
            String step,
            String state,
            boolean lost,
            String detail,
            String expected,
            Instant since,
            String acceptedBy) {

        static Condition of(RunWatch watch) {
            return new Condition(
                    watch.name(),
                    watch.stepId(),
                    watch.state(),
                    watch.isLost(),
                    watch.detail(),
                    watch.expected(),
                    watch.since(),
                    watch.acceptedBy());
        }
    }

    static WatchView of(List<RunWatch> rows, Instant askedAt) {
        return new WatchView(
                askedAt,
                rows.stream().noneMatch(row -> !row.isHold() && row.isLost()),
                rows.stream().filter(RunWatch::isHold).map(Condition::of).toList(),
                rows.stream().filter(row -> !row.isHold()).map(Condition::of).toList());
    }
}
