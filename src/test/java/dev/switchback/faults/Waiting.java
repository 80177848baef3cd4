package dev.switchback.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for what other processes do. */
final class Waiting {

    private Waiting() {}

    /** Until it is true; fails with these words when it takes longer. */
    static void until(Duration atMost, String what, BooleanSupplier condition) {
        await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .atMost(atMost)
                .until(condition::getAsBoolean);
    }

    /** For so long, because it is the length of the trouble that matters. */
    static void pass(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusSeconds(10)).until(() -> true);
    }
}
