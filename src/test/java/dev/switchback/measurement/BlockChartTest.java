package dev.switchback.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.measurement.BlockChart.Scale;
import dev.switchback.measurement.BlockValues.Kind;
import dev.switchback.measurement.BlockValues.Point;
import dev.switchback.measurement.BlockValues.Series;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn of a metric, and how its figures are written. */
class BlockChartTest {

    private static StoredSample sample(int block, double ms, String cache, boolean ok, boolean warmUp) {
        return new StoredSample(
                block,
                0,
                -1,
                0,
                0,
                0,
                0,
                200,
                ok ? null : "5xx",
                0,
                false,
                null,
                cache,
                null,
                null,
                null,
                null,
                null,
                warmUp,
                false,
                ms);
    }

    private static List<Series> series(int keptFrom, StoredSample... samples) {
        var values = new BlockValues(keptFrom);
        List.of(samples).forEach(values::add);
        return values.series();
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    @Test
    void hits_and_misses_are_apart_and_what_does_not_tell_joins_neither() {
        List<Series> series = series(
                0,
                sample(0, 10, "hit", true, false),
                sample(0, 100, "miss", true, false),
                sample(0, 55, "unknown", true, false),
                sample(1, 20, "hit", true, false));
        assertThat(series)
                .containsExactly(
                        new Series(Kind.WARM, List.of(new Point(0, 10), new Point(1, 20)), 15),
                        new Series(Kind.COLD, List.of(new Point(0, 100)), 100));
        assertThat(series(0, sample(0, 55, "unknown", true, false)))
                .extracting(Series::kind)
                .containsExactly(Kind.ALL);
    }

    @Test
    void failed_requests_and_the_warm_up_are_not_drawn() {
        assertThat(series(
                        2,
                        sample(-1, 10, "unknown", true, true),
                        sample(1, 10, "unknown", true, false),
                        sample(3, 10, "unknown", false, false)))
                .isEmpty();
    }

    @Test
    void every_block_is_a_dot_within_the_picture() {
        StoredSample[] samples = IntStream.range(0, 20)
                .mapToObj(i -> sample(i, 200 + i * 7, i % 2 == 0 ? "hit" : "miss", true, false))
                .toArray(StoredSample[]::new);
        var chart = new BlockChart(series(0, samples), "ms");
        for (int width : new int[] {720, 340}) {
            String svg = chart.svg(width);
            assertThat(count(svg, "class=\"dot-a\"")).isEqualTo(10);
            assertThat(count(svg, "class=\"dot-b\"")).isEqualTo(10);
            assertThat(count(svg, "class=\"med\"")).isEqualTo(2);
            assertThat(svg)
                    .contains("<title>Blocks in time order: 10 blocks warm", "median")
                    .doesNotContain("NaN");
            Pattern.compile("c([xy])=\"([-0-9.]+)\"")
                    .matcher(svg)
                    .results()
                    .forEach(at -> assertThat(Double.parseDouble(at.group(2)))
                            .isBetween(0.0, at.group(1).equals("x") ? width : 190.0));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 84.2, 1e-9, 1e9, -3})
    void a_single_value_has_a_scale_around_it(double value) {
        Scale scale = Scale.of(List.of(new Series(Kind.ALL, List.of(new Point(0, value)), value)));
        assertThat(scale.from()).isLessThanOrEqualTo(value);
        assertThat(scale.to()).isGreaterThanOrEqualTo(value).isGreaterThan(scale.from());
        assertThat(scale.ticks()).hasSizeBetween(2, 8);
        assertThat(new BlockChart(List.of(new Series(Kind.ALL, List.of(new Point(0, value)), value)), null).svg(720))
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        84.125,   ms,    84.1 ms
        0.0004,   ms,    0.0004 ms
        8.4,      ms,    8.4 ms
        341.2,    ms,    341 ms
        1400,     ms,    1.4 s
        14,       calls, 14 calls
        12345678, ,      '12,345,678'
        -3,       ,      -3
        0,        ms,    0 ms
        """)
    void figures_have_three_digits_that_matter_and_their_unit(double value, String unit, String words) {
        assertThat(Shown.value(value, unit)).isEqualTo(words);
    }

    @Test
    void what_is_not_known_is_a_dash() {
        assertThat(Shown.value(null, "ms")).isEqualTo("—");
        assertThat(Shown.share(null)).isEqualTo("—");
        assertThat(Shown.share(0.714)).isEqualTo("71.4 %");
    }

    @Test
    void no_cell_of_the_table_is_a_formula() {
        assertThat(SamplesAsCsv.text("plain")).isEqualTo("plain");
        assertThat(SamplesAsCsv.text("=1+1")).isEqualTo("'=1+1");
        assertThat(SamplesAsCsv.text("@x")).isEqualTo("'@x");
        assertThat(SamplesAsCsv.text("-2")).isEqualTo("'-2");
        assertThat(SamplesAsCsv.text("a,b")).isEqualTo("\"a,b\"");
        assertThat(SamplesAsCsv.text("say \"hi\"")).isEqualTo("\"say \"\"hi\"\"\"");
        assertThat(SamplesAsCsv.text(null)).isEmpty();
    }
}
