package dev.switchback.step;

import java.time.Duration;

/**
 * Whether a target answered.
 *
 * @param checked false when this version cannot check targets of this kind
 * @param reachable whether it answered
 * @param latency how long the answer took, or how long we waited for none
 * @param message one sentence, without a secret
 */
public record TargetState(boolean checked, boolean reachable, Duration latency, String message) {

    public static TargetState reachable(Duration latency, String message) {
        return new TargetState(true, true, latency, message);
    }

    public static TargetState unreachable(Duration latency, String message) {
        return new TargetState(true, false, latency, message);
    }

    public static TargetState notChecked(String message) {
        return new TargetState(false, false, Duration.ZERO, message);
    }
}
