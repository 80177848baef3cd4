package dev.switchback.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** How samples are stored. */
class SampleBlobTest {

    private static final StoredSample FULL = new StoredSample(
            3,
            17,
            2,
            1_700_123L,
            1_700_200L,
            1_741_000L,
            1_741_900L,
            200,
            null,
            5_120,
            true,
            "10.0.0.5:443",
            "hit",
            "X-Cache",
            12,
            14,
            3_200L,
            "a1b2",
            false,
            true,
            null);

    private static final StoredSample EMPTY = new StoredSample(
            -1, 0, -1, 0, -1, -1, 2_000_000, 0, "timeout", 0, false, null, "unknown", null, null, null, null, null,
            true, false, 0.1);

    private static StoredSample random(Random random, int seq) {
        return new StoredSample(
                random.nextInt(20),
                seq,
                random.nextInt(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextInt(600),
                random.nextBoolean() ? null : "a \"quoted\"\nτ",
                random.nextLong(),
                random.nextBoolean(),
                random.nextBoolean() ? null : "",
                "miss",
                random.nextBoolean() ? null : "Age",
                random.nextBoolean() ? null : random.nextInt(),
                random.nextBoolean() ? null : random.nextInt(),
                random.nextBoolean() ? null : random.nextLong(),
                null,
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? null : random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10));
    }

    @Test
    void what_was_written_is_read_back_whole_and_in_order() {
        var random = new Random(5);
        List<StoredSample> samples = IntStream.range(0, 2_000)
                .mapToObj(i -> i == 0 ? FULL : i == 1 ? EMPTY : random(random, i))
                .toList();
        assertThat(SampleBlob.read(1, SampleBlob.write(samples))).isEqualTo(samples);
        assertThat(SampleBlob.read(1, SampleBlob.write(List.of()))).isEmpty();
    }

    @Test
    void the_first_line_names_the_columns_and_each_other_is_one_sample() throws IOException {
        byte[] bytes = SampleBlob.write(List.of(FULL, EMPTY));
        String text =
                new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(3);
        assertThat(text.lines().findFirst().orElseThrow()).startsWith("[\"block\",\"seq\",\"input\",\"scheduledUs\"");
        assertThat(text.lines().skip(1).findFirst().orElseThrow())
                .isEqualTo("[3,17,2,1700123,1700200,1741000,1741900,200,null,5120,true,\"10.0.0.5:443\",\"hit\","
                        + "\"X-Cache\",12,14,3200,\"a1b2\",false,true,null]");
    }

    @Test
    void the_same_samples_are_the_same_bytes() {
        assertThat(SampleBlob.write(List.of(FULL, EMPTY))).isEqualTo(SampleBlob.write(List.of(FULL, EMPTY)));
    }

    @Test
    void refuses_what_a_newer_version_wrote_and_a_part_that_is_too_large() {
        assertThatThrownBy(() -> SampleBlob.read(2, SampleBlob.write(List.of())))
                .hasMessageContaining("schema 2");
        assertThatThrownBy(() -> SampleBlob.write(Collections.nCopies(SampleBlob.AT_MOST + 1, EMPTY)))
                .hasMessageContaining("10001 samples");
    }

    @Test
    void four_thousand_requests_take_less_than_two_hundred_kilobytes() {
        var random = new Random(7);
        List<StoredSample> samples = IntStream.range(0, 4_000)
                .mapToObj(i -> {
                    long at = i * 100_000L + random.nextInt(100_000);
                    long took = 40_000 + random.nextInt(20_000);
                    return new StoredSample(
                            i / 50,
                            i % 50,
                            i % 7,
                            at,
                            at + 80,
                            at + took - 200,
                            at + took,
                            200,
                            null,
                            5_120,
                            true,
                            "10.0.0.5:443",
                            "hit",
                            "X-Cache",
                            null,
                            14,
                            null,
                            "a1b2",
                            false,
                            false,
                            null);
                })
                .toList();
        assertThat(SampleBlob.write(samples)).hasSizeLessThan(200_000);
    }
}
