package dev.switchback.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.run.StepTimes;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.Foreseen;
import dev.switchback.step.Rendering;
import dev.switchback.step.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One step as it would be carried out, with what undoes it.
 *
 * @param number its place in the runbook, from 1
 * @param id its id
 * @param title what it does, for people
 * @param phase of the migration
 * @param kind which kind of action
 * @param target on what; empty for people and waiting
 * @param changes whether it can change something; then the environment is asked first who it is
 * @param executes what exactly
 * @param timeoutMs after how long it is ended; absent for never
 * @param idempotent whether it may be done twice
 * @param retries how often it is repeated by itself
 * @param appliedWhen how an interrupted step is found out about; absent when nobody can
 * @param irreversible why there is no way back from here; absent when there is
 * @param noRollback why nothing needs to be undone; absent when something does
 * @param undo what undoes it; absent when nothing does
 * @param estimatedMs how long it usually takes; absent when not known
 * @param rows what the database says about its statements; absent when it was not asked
 * @param warning what is wrong with that; absent when nothing is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewStep(
        int number,
        String id,
        String title,
        String phase,
        String kind,
        String target,
        boolean changes,
        Rendering executes,
        Long timeoutMs,
        boolean idempotent,
        int retries,
        PreviewQuestion appliedWhen,
        String irreversible,
        String noRollback,
        PreviewUndo undo,
        Long estimatedMs,
        List<Foreseen> rows,
        String warning) {

    static PreviewStep of(int number, RunbookStep step, StepTimes times, Fill fill) {
        Duration usually = times.there().get(step.id());
        return new PreviewStep(
                number,
                step.id(),
                step.title(),
                step.phase().word(),
                step.kind().word(),
                target(step.kind(), step.action()),
                step.changes(),
                fill.of(step.kind(), step.action()),
                step.timeout().map(Duration::toMillis).orElse(null),
                step.idempotent(),
                step.retries(),
                step.appliedWhen().map(node -> PreviewQuestion.of(node, fill)).orElse(null),
                step.irreversible().orElse(null),
                step.noRollback().orElse(null),
                step.rollback()
                        .map(undo -> PreviewUndo.of(undo, times.back().get(step.id()), fill))
                        .orElse(null),
                usually == null ? null : usually.toMillis(),
                null,
                null);
    }

    static String target(StepKind kind, JsonNode action) {
        if (kind != StepKind.CHECK) {
            return action.path("target").asText("");
        }
        return action.properties().stream()
                .map(member -> member.getValue().path("target").asText(""))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The same with what the database said, held against the rows that the step may touch. */
    PreviewStep with(List<Foreseen> said, Long atMost) {
        long changed = said.stream()
                .filter(Foreseen::changes)
                .mapToLong(Foreseen::rows)
                .sum();
        String tooMany = atMost != null && changed > atMost
                ? String.format(
                        Locale.ROOT,
                        "About %,d rows are more than the %,d that it may touch: it would fail%s",
                        changed,
                        atMost,
                        executes.parts().stream().anyMatch(part -> part.text().startsWith("none:"))
                                ? ""
                                : ", and be rolled back")
                : null;
        return new PreviewStep(
                number,
                id,
                title,
                phase,
                kind,
                target,
                changes,
                executes,
                timeoutMs,
                idempotent,
                retries,
                appliedWhen,
                irreversible,
                noRollback,
                undo,
                estimatedMs,
                List.copyOf(said),
                tooMany);
    }

    /** How long it usually takes; null when not known. */
    public Duration estimated() {
        return estimatedMs == null ? null : Duration.ofMillis(estimatedMs);
    }

    /** After how long it is ended; null for never. */
    public Duration timeout() {
        return timeoutMs == null ? null : Duration.ofMillis(timeoutMs);
    }
}
