package dev.switchback.step;

import dev.switchback.secret.MissingSecretException;
import dev.switchback.secret.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The checks that this version has, by the kind of target. Immutable, safe for use by several threads. */
public final class TargetChecks {

    private final Map<String, TargetCheck> byKind;

    public TargetChecks(List<? extends TargetCheck> checks) {
        byKind = checks.stream().collect(Collectors.toUnmodifiableMap(TargetCheck::kind, Function.identity()));
    }

    /** Whether the target answers; never throws. The message may contain what the target said: mask it. */
    public TargetState check(Target target, Secrets secrets) {
        TargetCheck check = byKind.get(target.kind());
        if (check == null) {
            return TargetState.notChecked(
                    "a target of kind " + target.kind() + " cannot be checked by this version yet");
        }
        long began = System.nanoTime();
        try {
            return check.check(target, secrets);
        } catch (MissingSecretException | CouldNotAskException missing) {
            return TargetState.unreachable(Duration.ofNanos(System.nanoTime() - began), missing.getMessage());
        } catch (RuntimeException defect) {
            return TargetState.unreachable(
                    Duration.ofNanos(System.nanoTime() - began),
                    "Switchback itself failed while it checked: " + defect);
        }
    }
}
