package dev.switchback.environment;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the last check of each environment found, kept in memory: it is news, not a record. Safe for use by several
 * threads.
 */
@ApplicationScoped
public class LastChecks {

    private final Map<String, Checked> byKey = new ConcurrentHashMap<>();

    /**
     * Whether a target answered.
     *
     * @param name the target
     * @param state {@code answers}, {@code unreachable} or {@code not-checked}
     * @param latencyMs how long it took, or null
     * @param message what there is to say
     */
    public record Answer(String name, String state, Long latencyMs, String message) {}

    /**
     * Whether a proof of identity held.
     *
     * @param holds false also when it could not be asked
     * @param message what the answer was
     */
    public record Proof(boolean holds, String message) {}

    /**
     * One check.
     *
     * @param at when
     * @param revision which revision of the environment
     * @param targets an answer for every target
     * @param proofs one for every condition of identity, in the order of the file
     */
    public record Checked(Instant at, int revision, List<Answer> targets, List<Proof> proofs) {

        public Answer target(String name) {
            return targets.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
        }

        public Proof proof(int index) {
            return index < proofs.size() ? proofs.get(index) : null;
        }
    }

    /** Remembers a check. */
    public void keep(Environment environment, Checked checked) {
        byKey.put(environment.key(), checked);
    }

    /** The last one of this very revision. */
    public Optional<Checked> of(Environment environment) {
        return Optional.ofNullable(byKey.get(environment.key()))
                .filter(checked -> checked.revision() == environment.revision());
    }
}
