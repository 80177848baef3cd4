package dev.switchback.step;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The executors that this version has, by the kind of step. Immutable, safe for use by several threads. */
public final class StepExecutors {

    private final Map<StepKind, StepExecutor> byKind = new EnumMap<>(StepKind.class);

    /**
     * @param executors at most one for each kind
     * @throws IllegalArgumentException when two are of the same kind
     */
    public StepExecutors(List<? extends StepExecutor> executors) {
        for (StepExecutor executor : executors) {
            if (byKind.put(executor.kind(), executor) != null) {
                throw new IllegalArgumentException(
                        "two executors for " + executor.kind().word());
            }
        }
    }

    /** The executor of this kind; empty when this version of Switchback has none. */
    public Optional<StepExecutor> forKind(StepKind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** What to tell when there is no executor for a kind. */
    public static String notYet(StepKind kind) {
        return "this version of Switchback cannot run " + kind.word() + " steps yet";
    }

    /** The outcome of a step of a kind that this version cannot run: nothing was done. */
    public static Outcome unavailable(StepKind kind) {
        return Outcome.errored(notYet(kind), "a kind of step that this version can run");
    }
}
