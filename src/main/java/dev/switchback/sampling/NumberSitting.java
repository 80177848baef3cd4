package dev.switchback.sampling;

import dev.switchback.secret.MissingSecretException;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CouldNotAskException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes a metric that is asked for numbers: as often as it says, each number a block of its own. */
final class NumberSitting {

    private final MetricPlan plan;
    private final long seed;
    private final Cancellation brake;
    private final Telling telling;
    private final Instant startedAt = Instant.now();
    private final long origin = System.nanoTime();
    private final HostLoad loadBefore = HostLoad.now();
    private final List<String> notes = new ArrayList<>();
    private int asked;
    private int failed;
    private boolean stopped;

    NumberSitting(MetricPlan plan, long seed, Cancellation brake, Telling telling) {
        this.plan = plan;
        this.seed = seed;
        this.brake = brake;
        this.telling = telling;
    }

    /** @param source opens what is asked; its troubles are those of the metric */
    Sitting take(Supplier<? extends ReadNumber> source) {
        Optional<CouldNotAsk> trouble = Optional.empty();
        try (ReadNumber number = source.get()) {
            for (int block = 0; block < plan.blocks(); block++) {
                Duration left = plan.pause().multipliedBy(plan.blocks() - (long) block);
                if (block > 0) {
                    long since = System.nanoTime() - origin;
                    long due = plan.pause().multipliedBy(block).toNanos();
                    var wait = Duration.ofNanos(Math.max(0, due - since));
                    telling.pause(Progress.Phase.PAUSE, block, plan.blocks(), left, wait);
                }
                telling.obeyBrake();
                ask(number, block);
            }
        } catch (CouldNotAskException cannot) {
            trouble = Optional.of(CouldNotAsk.of(cannot));
        } catch (MissingSecretException missing) {
            trouble = Optional.of(CouldNotAsk.of(missing));
        } catch (Telling.StoppedException byBrake) {
            stopped = true;
        }
        stopped |= brake.isCancelled();
        return new Sitting(plan, startedAt, Instant.now(), facts(), stopped ? Optional.empty() : trouble);
    }

    /** One number that cannot be had is noted; when the first cannot, or most cannot, the metric cannot be taken. */
    private void ask(ReadNumber number, int block) {
        long from = micros();
        asked++;
        try {
            double value = number.read();
            telling.taken(plan, List.of(Taken.number(block, from, micros(), value, null)));
        } catch (CouldNotAskException none) {
            telling.obeyBrake();
            failed++;
            telling.taken(plan, List.of(Taken.number(block, from, micros(), null, Fault.OTHER.key())));
            if (asked == 1 || failed * 2 > plan.blocks()) {
                throw none;
            }
            if (failed == 1) {
                notes.add("Not every number could be had: " + none.getMessage());
            }
        }
    }

    private long micros() {
        return (System.nanoTime() - origin) / 1000;
    }

    private SittingFacts facts() {
        return new SittingFacts(
                stopped,
                seed,
                0,
                plan.blocks(),
                asked - failed,
                asked,
                0,
                0,
                0,
                null,
                null,
                null,
                HttpSitting.prober(),
                loadBefore,
                HostLoad.now(),
                notes);
    }
}
