package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The trouble comes before the moment for which the start was planned. */
final class StartAtScene extends Scene {

    private final Instant startAt;

    StartAtScene(Cluster cluster, Duration ahead) {
        super(cluster, "start-at");
        startAt = Instant.now().plus(ahead).truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    String wishes() {
        return ", \"startAt\": \"" + startAt + "\"";
    }

    @Override
    String steps() {
        return quick("only", "");
    }

    @Override
    boolean atMoment() {
        return true;
    }

    @Override
    boolean settled() {
        return isOver() || asks();
    }

    @Override
    void verify(Trouble trouble, Truth truth) {
        assertThat(state()).isEqualTo("succeeded");
        // On a slow machine its moment may come before the trouble does: then its step may be broken off, too.
        assertThat(answers).as("%s: answers", this).hasSizeLessThanOrEqualTo(trouble == Trouble.BORNE ? 0 : 1);
        assertThat(answers).isSubsetOf("unknown succeed only", "unknown retry only");
        assertThat(effects.begun()).as("%s: effects", this).containsExactly("only");
        String late = cluster.database.value(
                "SELECT round(extract(epoch FROM started_at - start_at) * 1000) FROM run WHERE id = ?", run);
        // To the second where nothing stood in the way; an instance that has to find its feet again may take its lease.
        long atMost = trouble == Trouble.BORNE ? 10_000 : 20_000;
        assertThat(Long.parseLong(late)).as("%s: milliseconds late", this).isBetween(0L, atMost);
    }
}
