package dev.switchback.sampling;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Action;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import dev.switchback.verdict.CacheState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the caches cold by the declared action, and watches whether that works: an answer after it must not come from a
 * cache.
 */
final class Cooling {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Purging that takes longer is done once a block. */
    private static final Duration LONGEST_PER_REQUEST = Duration.ofSeconds(1);

    private static final long SPARE_NANOS = 5_000_000;
    private static final int LEAST_TOLD = 5;

    private final Braked asking;
    private final Cancellation brake;
    private final List<Long> tookNanos = new ArrayList<>();
    private final int[] told = new int[CacheState.values().length];

    private Cooling(Braked asking, Cancellation brake) {
        this.asking = asking;
        this.brake = brake;
    }

    /**
     * @param coldBy {@code {http: {…}}} or another acting action
     * @throws CouldNotAskException when this version cannot carry it out
     */
    static Cooling of(JsonNode coldBy, StepExecutors executors, Place place, Cancellation brake) {
        Map.Entry<String, JsonNode> stated = coldBy.properties().iterator().next();
        StepKind kind = StepKind.of(stated.getKey())
                .orElseThrow(() -> new CouldNotAskException(
                        "coldBy is " + stated.getKey(), "an action such as http, shell or sql"));
        StepExecutor executor = executors
                .forKind(kind)
                .orElseThrow(() -> new CouldNotAskException(
                        StepExecutors.notYet(kind), "a coldBy that this version can carry out"));
        return new Cooling(new Braked(executor, stated.getValue(), place, TIMEOUT, brake), brake);
    }

    /**
     * Carries the action out; values of the input fill its placeholders, so that only what this input keeps is purged.
     *
     * @throws CouldNotAskException when it did not succeed
     */
    void purge(Map<String, String> input) {
        long began = System.nanoTime();
        Outcome outcome = asking.once(input);
        if (!outcome.succeeded() && !brake.isCancelled()) {
            throw new CouldNotAskException(
                    "making the caches cold failed: " + outcome.message(),
                    outcome.expected().isEmpty() ? "coldBy to succeed" : outcome.expected());
        }
        synchronized (this) {
            tookNanos.add(System.nanoTime() - began);
        }
    }

    /** An answer to a request before which it was made cold. */
    synchronized void answered(List<Taken> answers) {
        answers.stream().filter(Taken::ok).forEach(each -> told[each.cache().ordinal()]++);
    }

    private int told(CacheState state) {
        return told[state.ordinal()];
    }

    /** @throws CouldNotAskException when most of the answers came from a cache all the same */
    synchronized void mustHaveWorked() {
        int hits = told(CacheState.HIT);
        int all = hits + told(CacheState.MISS) + told(CacheState.BYPASS);
        if (all >= LEAST_TOLD && hits * 2 > all) {
            throw new CouldNotAskException(
                    "the purge did not make it cold: " + hits + " of " + all + " answers after it came from a cache",
                    "a miss after it: let coldBy purge what the cache keeps for this request");
        }
    }

    /** How long before a request it must begin: one and a half times as long as it mostly takes. */
    synchronized long leadNanos() {
        return Math.min(quantile(0.9), LONGEST_PER_REQUEST.toNanos()) * 3 / 2 + SPARE_NANOS;
    }

    synchronized boolean isQuickEnoughForEach() {
        return quantile(0.5) <= LONGEST_PER_REQUEST.toNanos();
    }

    private long quantile(double share) {
        List<Long> sorted = tookNanos.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1.0, sorted.size() * share));
    }

    synchronized SittingFacts.Cold facts(boolean perRequest) {
        return new SittingFacts.Cold(
                perRequest ? "request" : "block",
                Action.firstLine(asking.words()),
                tookNanos.size(),
                quantile(0.5) / 1e6,
                told(CacheState.MISS) + told(CacheState.BYPASS),
                told(CacheState.HIT),
                told(CacheState.UNKNOWN));
    }

    /** A sentence about what a reader must know, or empty. */
    synchronized String note() {
        int hits = told(CacheState.HIT);
        int known = hits + told(CacheState.MISS) + told(CacheState.BYPASS);
        if (known == 0) {
            return "Whether the purge made it cold cannot be told: no answer says whether it came from a cache.";
        }
        return hits * 10 > known
                ? hits + " of " + known + " answers came from a cache although it had just been purged."
                : "";
    }
}
