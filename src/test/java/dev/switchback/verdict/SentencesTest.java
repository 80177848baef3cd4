package dev.switchback.verdict;

import static dev.switchback.verdict.Story.Sitting.seeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a tired person reads: units, directions, and no word of a statistician. */
class SentencesTest {

    private static String p50(double before, double after) {
        return Story.told()
                .before(seeded(1).noise(0).median(before))
                .after(seeded(1).noise(0).median(after))
                .of(Endpoint.P50)
                .sentence();
    }

    @Test
    void times_below_a_second_are_in_ms_and_above_in_s() {
        assertThat(p50(300, 200)).containsPattern("went from 3\\d\\d to 2\\d\\d ms: 33 % faster afterwards");
        assertThat(p50(500, 1_500)).containsPattern("went from 5\\d\\d ms to 1\\.\\d+ s: 3 times as long");
        assertThat(p50(3_000, 2_000)).containsPattern("went from 3(\\.\\d+)? to 2(\\.\\d+)? s: 33 % faster");
    }

    @Test
    void failed_requests_are_counted_and_compared_in_points() {
        String errors = Story.told()
                .before(seeded(1))
                .after(seeded(2).failing(0.05))
                .of(Endpoint.ERRORS)
                .sentence();
        assertThat(errors)
                .containsPattern(
                        "^Failed requests went from 0 of 1,000 to \\d+ of 1,000: \\d\\.?\\d? points more \\(95 %"
                                + " interval");
    }

    @Test
    void fewer_calls_in_every_request_need_no_interval() {
        String calls = Story.told()
                .judge(Endpoint.DB_CALLS, Intent.KEEP)
                .before(seeded(1).calls(14))
                .after(seeded(2).calls(11))
                .of(Endpoint.DB_CALLS)
                .sentence();
        assertThat(calls)
                .isEqualTo("Database calls a request went from 14 to 11: 3 fewer in every request. Improved. Evidence:"
                        + " before, then after.");
    }

    @Test
    void the_same_calls_in_every_request_are_no_change() {
        assertThat(Story.told()
                        .judge(Endpoint.DB_CALLS, Intent.KEEP)
                        .before(seeded(1).calls(14))
                        .after(seeded(2).calls(14))
                        .of(Endpoint.DB_CALLS)
                        .sentence())
                .isEqualTo("Database calls a request 14 in every request, as before. No change.");
    }

    @Test
    void no_sentence_speaks_of_significance() {
        Stream.of(
                        Story.told().before(seeded(1)).after(seeded(2)),
                        Story.told().before(seeded(1)).after(seeded(2).median(50)),
                        Story.told()
                                .before(seeded(1).noise(0.2))
                                .after(seeded(2).noise(0.2)),
                        Story.told()
                                .before(seeded(1).hits(0.2, 8))
                                .after(seeded(2).hits(0.8, 8)),
                        Story.told()
                                .before(seeded(1).blocks(3, 10))
                                .after(seeded(2).failing(0.4)))
                .map(Story::verdict)
                .forEach(verdict -> {
                    assertThat(verdict.headline() + verdict.sentence()).doesNotContainIgnoringCase("significan");
                    assertThat(verdict.judgements())
                            .allSatisfy(one -> assertThat(one.sentence())
                                    .doesNotContainIgnoringCase("significan")
                                    .doesNotContain("p-value")
                                    .doesNotContain("NaN")
                                    .doesNotContain("Infinity")
                                    .doesNotContain("null")
                                    .endsWith("."));
                });
    }
}
