package dev.switchback.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.verdict.Numbers;
import dev.switchback.verdict.Numbers.Scale;
import org.junit.jupiter.api.Test;

/** Numbers as a tired person reads them. */
class AmountsTest {

    private static Numbers numbers(Scale scale, Double change, Double low, Double high) {
        return new Numbers(scale, "ms", 100.0, 77.0, change, low, high, 0.1, 0.01, 0.02, 0.9, 0.06, 10, 0, null);
    }

    @Test
    void times_change_to_seconds_above_a_second() {
        assertThat(Amounts.value(84.2, "ms")).isEqualTo("84.2 ms");
        assertThat(Amounts.value(341.4, "ms")).isEqualTo("341 ms");
        assertThat(Amounts.value(1240.0, "ms")).isEqualTo("1.24 s");
        assertThat(Amounts.value(null, "ms")).isEqualTo("—");
    }

    @Test
    void shares_are_per_cent_and_calls_are_plain() {
        assertThat(Amounts.value(0.71, "share")).isEqualTo("71 %");
        assertThat(Amounts.value(14.0, "calls")).isEqualTo("14");
    }

    @Test
    void a_change_has_its_interval_and_a_true_minus() {
        assertThat(Amounts.change(numbers(Scale.RATIO, -0.23, -0.28, -0.18))).isEqualTo("−23 % (−28 to −18)");
        assertThat(Amounts.change(numbers(Scale.POINTS, 0.01, -0.03, 0.05))).isEqualTo("+1 pt (−3 to +5)");
        assertThat(Amounts.change(numbers(Scale.EXACT, -3.0, null, null))).isEqualTo("−3 in every request");
        assertThat(Amounts.change(numbers(Scale.RATIO, null, null, null))).isEqualTo("—");
        assertThat(Amounts.change(numbers(Scale.RATIO, 0.5, Double.NEGATIVE_INFINITY, 0.9)))
                .isEqualTo("+50 %");
    }
}
