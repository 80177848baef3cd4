package dev.switchback.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchback.runbook.RunbookUndo;
import dev.switchback.step.Rendering;
import java.time.Duration;
import java.util.List;

/**
 * What undoes a step.
 *
 * @param kind which kind of action
 * @param target on what; empty for people and waiting
 * @param executes what exactly
 * @param timeoutMs after how long it is ended; absent for never
 * @param idempotent whether it may be done twice
 * @param retries how often it is repeated by itself
 * @param needs what must be true for it to work
 * @param estimatedMs how long it usually takes; absent when not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewUndo(
        String kind,
        String target,
        Rendering executes,
        Long timeoutMs,
        boolean idempotent,
        int retries,
        List<PreviewQuestion> needs,
        Long estimatedMs) {

    static PreviewUndo of(RunbookUndo undo, Duration usually, Fill fill) {
        return new PreviewUndo(
                undo.kind().word(),
                PreviewStep.target(undo.kind(), undo.action()),
                fill.of(undo.kind(), undo.action()),
                undo.timeout().map(Duration::toMillis).orElse(null),
                undo.idempotent(),
                undo.retries(),
                undo.needs().stream()
                        .map(node -> PreviewQuestion.of(node, fill))
                        .toList(),
                usually == null ? null : usually.toMillis());
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
