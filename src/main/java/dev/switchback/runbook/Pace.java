package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Durations;
import dev.switchback.step.StepKind;
import java.time.Duration;
import java.util.Optional;

/** How long and how often: the members that a step and its rollback share, with their defaults. */
record Pace(boolean idempotent, int retries, Duration retryDelay, Optional<Duration> timeout, Duration grace) {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

    static Pace of(JsonNode step, StepKind kind) {
        boolean idempotent = step.path("idempotent").asBoolean(false);
        return new Pace(
                idempotent,
                idempotent ? step.path("retries").asInt(0) : 0,
                duration(step, "retryDelay").orElse(RETRY_DELAY),
                timeout(step, kind),
                duration(step, "grace").orElse(GRACE));
    }

    /** How long measuring takes follows from the metrics; a person and a wait take as long as they do. */
    private static Optional<Duration> timeout(JsonNode step, StepKind kind) {
        return switch (kind) {
            case MANUAL, WAIT -> Optional.empty();
            case MEASURE -> duration(step, "timeout");
            default -> duration(step, "timeout").or(() -> Optional.of(TIMEOUT));
        };
    }

    private static Optional<Duration> duration(JsonNode step, String member) {
        return Members.text(step, member).map(Durations::parse);
    }
}
