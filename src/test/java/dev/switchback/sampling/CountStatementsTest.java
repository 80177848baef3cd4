package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.switchback.sampling.StatementSource.Counted;
import dev.switchback.sampling.StatementSource.Snapshot;
import dev.switchback.step.CouldNotAskException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CountStatementsTest {

    private final CountStatements count = new CountStatements("shop");

    private static Snapshot at(int second, Map<String, Long> calls) {
        return at(second, "2026-01-01", 0, calls);
    }

    private static Snapshot at(int second, String reset, long dealloc, Map<String, Long> calls) {
        return new Snapshot(
                second * 1_000_000_000L,
                reset,
                dealloc,
                calls.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                each -> new Counted(
                                        "SELECT " + each.getKey(), each.getValue(), each.getValue() * 2.0, 0, 0, 0))));
    }

    @Test
    void counts_calls_a_request_block_by_block() {
        count.block(0, 50, at(0, Map.of("1", 100L)), at(5, Map.of("1", 800L)));
        count.block(1, 50, at(10, Map.of("1", 800L)), at(15, Map.of("1", 1350L)));
        assertThat(count.perRequest()).containsExactly(Map.entry(0, 14.0), Map.entry(1, 11.0));
        assertThat(count.counts().callsPerRequest()).isEqualTo(12.5);
        assertThat(count.counts().requests()).isEqualTo(100);
    }

    @Test
    void takes_away_what_goes_on_without_us() {
        count.idle(at(0, Map.of("vacuum", 0L)), at(10, Map.of("vacuum", 20L)));
        count.block(0, 50, at(10, Map.of("vacuum", 20L)), at(15, Map.of("vacuum", 30L, "list", 150L)));
        assertThat(count.perRequest().get(0)).isCloseTo(3.0, within(1e-9));
        StatementCounts counts = count.counts();
        assertThat(counts.idleCallsPerSecond()).isEqualTo(2);
        assertThat(counts.idleSeconds()).isEqualTo(10);
        assertThat(counts.statements()).extracting(StatementCounts.Row::queryId).containsExactly("list", "vacuum");
        assertThat(counts.statements().get(1).idleCalls()).isCloseTo(10, within(1e-9));
        assertThat(counts.statements().get(0).idleCalls()).isZero();
    }

    @Test
    void is_never_less_than_none() {
        count.idle(at(0, Map.of("a", 0L)), at(1, Map.of("a", 1000L)));
        count.block(0, 50, at(1, Map.of("a", 1000L)), at(6, Map.of("a", 1010L)));
        assertThat(count.perRequest().get(0)).isZero();
    }

    @Test
    void a_statement_that_was_new_in_the_block_counts_from_nothing() {
        count.block(0, 10, at(0, Map.of()), at(1, Map.of("new", 30L)));
        assertThat(count.perRequest().get(0)).isEqualTo(3);
        assertThat(count.counts().statements().get(0).execMs()).isEqualTo(60);
    }

    @Test
    void refuses_to_count_when_the_counters_were_reset() {
        assertThatThrownBy(() ->
                        count.block(0, 10, at(0, "monday", 0, Map.of("a", 1L)), at(5, "tuesday", 0, Map.of("a", 9L))))
                .isInstanceOf(CouldNotAskException.class)
                .hasMessageContaining("were reset");
        assertThatThrownBy(() -> count.block(0, 10, at(0, Map.of("a", 9L)), at(5, Map.of("a", 1L))))
                .hasMessageContaining("went backwards");
    }

    @Test
    void refuses_to_count_when_statements_were_dropped() {
        assertThatThrownBy(() -> count.block(0, 10, at(0, "x", 3, Map.of("a", 1L)), at(5, "x", 4, Map.of("a", 9L))))
                .isInstanceOf(CouldNotAskException.class)
                .hasMessageContaining("want of room");
    }
}
