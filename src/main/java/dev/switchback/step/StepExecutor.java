package dev.switchback.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Carries out one kind of action. Stateless between calls and safe for use by several threads.
 *
 * <p>The contract, checked for each type by {@code StepExecutorContract} in the tests:
 *
 * <ul>
 *   <li>never throws for anything the target or the network does: that is an {@link Outcome};
 *   <li>returns soon after {@link StepContext#cancellation()} was pulled, with nothing of its own left running;
 *   <li>values reach the target as values, never as text pasted into code;
 *   <li>what was read stands in {@link Outcome#value()} (rule of reading 3), also when the expectation failed.
 * </ul>
 */
public interface StepExecutor {

    StepKind kind();

    /**
     * Carries the action out and waits for its end.
     *
     * @param action the validated action as the runbook file states it, for example {@code {target, command}}
     * @param context what it may use
     */
    Outcome execute(JsonNode action, StepContext context);

    /** What was made ready; {@link #close} gives it up, which is harmless when it was used meanwhile. Thread-safe. */
    @FunctionalInterface
    interface Preparation extends AutoCloseable {

        /** There is nothing to give up. */
        Preparation NOTHING = () -> {};

        @Override
        void close();
    }

    /**
     * The action may be carried out within a moment, with the same context but for log and brake, or never: makes ready
     * what takes time and changes nothing. Never throws and never waits. What needs a secret is not made ready.
     */
    default Preparation prepare(JsonNode action, StepContext context) {
        return Preparation.NOTHING;
    }

    /**
     * Whether the rules of this server let it act on the target at all. Asked when a run is to start and when an
     * environment is checked; {@link #execute} asks again by itself. Connects to nothing.
     *
     * @throws CouldNotAskException when they do not, with what would have to be configured
     */
    default void permit(Target target) {}

    /**
     * One line that says what {@link #execute} will do, for the log and the pages: {@code POST /admin/flags}. Never
     * contains a secret.
     */
    String describe(JsonNode action);

    /**
     * What {@link #execute} would do with this action and this context, exactly, filled in by the same code. Connects to
     * nothing, starts nothing, changes nothing, and never throws. Its texts contain whatever the secrets of the context
     * hand out: who shows them hands out names.
     */
    default Rendering render(JsonNode action, StepContext context) {
        return Rendering.only(describe(action), Optional.empty());
    }

    /**
     * Asks the target what {@link #execute} would touch, where it can say so without doing it. Connects to the target and
     * changes nothing there; obeys the brake; never throws.
     *
     * @return for each statement; empty when this type has nothing to ask
     */
    default List<Foreseen> foresee(JsonNode action, StepContext context) {
        return List.of();
    }
}
