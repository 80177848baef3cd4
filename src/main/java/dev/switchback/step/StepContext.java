package dev.switchback.step;

import dev.switchback.secret.Secrets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What an attempt may know and use.
 *
 * @param targets the pinned targets of the environment, by name
 * @param variables the pinned variables of the environment; values, never code
 * @param secrets looks up {@code secret:NAME}
 * @param log where the attempt writes
 * @param cancellation the brake: its listeners must end the work; the executor then waits for the end and reports it
 * @param grace between TERM and KILL
 * @param mark identifies the attempt in the environment of every process it starts, so that orphans can be found
 */
public record StepContext(
        Map<String, Target> targets,
        Map<String, String> variables,
        Secrets secrets,
        StepLog log,
        Cancellation cancellation,
        Duration grace,
        String mark) {

    /** The first line of what a target said, with secrets masked before it is cut. */
    public String firstLine(String said) {
        return Action.firstLine(secrets.masker().mask(said));
    }

    /** The target with this name, if the environment has one. */
    public Optional<Target> target(String name) {
        return Optional.ofNullable(targets.get(name));
    }
}
