package dev.switchback.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchback.measurement.ImportSamples.Form;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading what other tools measured. */
class ImportSamplesTest {

    private static ImportSamples.Read table(String text) {
        return ImportSamples.of(text.getBytes(StandardCharsets.UTF_8), Form.TABLE, true);
    }

    private static ImportSamples.Read lines(String text) {
        return ImportSamples.of(text.getBytes(StandardCharsets.UTF_8), Form.JSON_LINES, true);
    }

    private static Problem refused(String text) {
        return catchThrowableOfType(ProblemException.class, () -> table(text)).problem();
    }

    private static String rows(int n) {
        return IntStream.range(0, n).mapToObj(i -> i * 100 + ",40,true,\n").collect(Collectors.joining());
    }

    @Test
    void a_row_is_a_sample_with_its_time_its_value_and_its_cache_state() {
        List<StoredSample> samples = table("""
            atMs,valueMs,ok,cache
            1000,84.125,true,hit
            1100,90,false,MISS
            1200,0.5,1,
            """).samples();
        assertThat(samples).extracting(StoredSample::measured).containsExactly(84.125, 90.0, 0.5);
        assertThat(samples).extracting(StoredSample::scheduledUs).containsExactly(0L, 100_000L, 200_000L);
        assertThat(samples).extracting(StoredSample::doneUs).containsExactly(84_125L, 190_000L, 200_500L);
        assertThat(samples).extracting(StoredSample::ok).containsExactly(true, false, true);
        assertThat(samples).extracting(StoredSample::cache).containsExactly("hit", "miss", "unknown");
        assertThat(samples).noneMatch(StoredSample::warmUp);
    }

    @Test
    void columns_come_in_any_order_and_lines_end_in_any_way() {
        String file = "\uFEFFcache, ok ,\"valueMs\",atMs,block\r\nhit,yes,\"4\",0,7\r\n\r\nmiss,no,5,1,8";
        assertThat(table(file).samples())
                .extracting(StoredSample::block, StoredSample::measured, StoredSample::ok)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(7, 4.0, true),
                        org.assertj.core.api.Assertions.tuple(8, 5.0, false));
        assertThat(table("ok,atMs,valueMs\ntrue,1,2\n").samples()).hasSize(1);
    }

    @Test
    void samples_stand_in_the_order_of_their_time() {
        assertThat(table("atMs,valueMs,ok,cache\n300,3,true,\n100,1,true,\n200,2,true,\n")
                        .samples())
                .extracting(StoredSample::measured)
                .containsExactly(1.0, 2.0, 3.0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "5, 5, 1",
        "10, 10, 1",
        "15, 10, 6",
        "199, 10, 28",
        "205, 10, 25",
        "400, 20, 20",
        "1000, 20, 50",
        "1019, 20, 69"
    })
    void without_blocks_consecutive_samples_form_equal_ones_and_the_rest_joins_the_last(
            int n, int blocks, int inTheLast) {
        List<StoredSample> samples = table("atMs,valueMs,ok,cache\n" + rows(n)).samples();
        var sizes = samples.stream().collect(Collectors.groupingBy(StoredSample::block, Collectors.counting()));
        assertThat(sizes).hasSize(blocks);
        if (blocks > 0) {
            assertThat(sizes.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, blocks).boxed().toList());
            assertThat(sizes.get(blocks - 1)).isEqualTo(inTheLast);
            assertThat(sizes.get(0)).isEqualTo(n / blocks);
        }
    }

    @Test
    void a_file_without_rows_or_without_anything_is_read_as_nothing_only_with_a_header() {
        assertThat(table("atMs,valueMs,ok,cache\n").samples()).isEmpty();
        assertThat(refused("").violations()).extracting("field").containsExactly("atMs", "valueMs", "ok");
    }

    @Test
    void every_wrong_line_is_told_at_once_with_its_number() {
        Problem problem = refused("""
            atMs,valueMs,ok,cache
            0,84,true,hit
            x,84,true,hit
            0,-1,true,hit
            0,84,perhaps,warm

            0,84,true
            0,NaN,true,
            0,0x1p3,true,
            0,1e999,true,
            """);
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.violations()).extracting("line").containsExactly(3, 4, 5, 5, 7, 8, 9, 10);
        assertThat(problem.violations())
                .extracting("field")
                .containsExactly("atMs", "valueMs", "ok", "cache", "", "valueMs", "valueMs", "valueMs");
        assertThat(problem.violations().get(2).message()).isEqualTo("Line 5: ok is “perhaps”");
        assertThat(problem.violations())
                .allSatisfy(each -> assertThat(each.expected()).isNotBlank());
    }

    @Test
    void a_file_that_is_wrong_throughout_does_not_answer_with_all_of_it() {
        assertThat(refused("atMs,valueMs,ok,cache\n" + "x,x,x,x\n".repeat(5_000))
                        .violations())
                .hasSizeBetween(100, 104);
        assertThat(refused("atMs,valueMs,ok,cache\n" + "y".repeat(5_000) + ",1,true,\n")
                        .detail())
                .hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "atMs,valueMs,ok,cache,speed\n0,1,true,,2\n",
                "atMs,valueMs,ok,ok\n0,1,true,true\n",
                "atMs;valueMs;ok;cache\n0;1;true;\n",
                "0,84.1,true,hit\n"
            })
    void a_header_that_is_not_one_is_refused(String file) {
        Problem problem = refused(file);
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.violations()).isNotEmpty().allMatch(each -> each.line() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "10000", "b"})
    void a_block_is_a_whole_number(String block) {
        assertThat(refused("atMs,valueMs,ok,cache,block\n0,1,true,," + block + "\n")
                        .violations())
                .extracting("field")
                .containsExactly("block");
    }

    @Test
    void numbers_that_are_no_times_may_be_negative() {
        assertThat(ImportSamples.of("atMs,valueMs,ok\n0,-4,true\n".getBytes(StandardCharsets.UTF_8), Form.TABLE, false)
                        .samples())
                .extracting(StoredSample::measured)
                .containsExactly(-4.0);
    }

    @Test
    void too_much_is_refused_in_words() {
        byte[] large = new byte[ImportSamples.BYTES + 1];
        Arrays.fill(large, (byte) '\n');
        assertThat(catchThrowableOfType(ProblemException.class, () -> ImportSamples.of(large, Form.TABLE, true))
                        .problem()
                        .status())
                .isEqualTo(413);
        assertThat(refused("atMs,valueMs,ok\n" + "1,1,1\n".repeat(ImportSamples.ROWS + 1))
                        .status())
                .isEqualTo(413);
        assertThat(table("atMs,valueMs,ok\n" + "1,1,1\n".repeat(ImportSamples.ROWS))
                        .samples())
                .hasSize(ImportSamples.ROWS);
    }

    @Test
    void times_of_the_calendar_say_when_it_was_others_do_not() {
        var read = table("atMs,valueMs,ok\n1763805600000,500,true\n1763805601000,250,true\n");
        assertThat(read.from()).contains(Instant.parse("2025-11-22T10:00:00Z"));
        assertThat(read.to()).contains(Instant.parse("2025-11-22T10:00:01.250Z"));
        assertThat(table("atMs,valueMs,ok\n5000,500,true\n").from()).isEmpty();
    }

    @Test
    void the_table_of_hey_is_read_in_seconds() {
        var read = table("""
            response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset
            0.0500,0.0010,0.0002,0.0000,0.0480,0.0001,200,0.0000
            0.0600,0.0000,0.0000,0.0000,0.0590,0.0001,503,0.1000
            """);
        assertThat(read.tool()).isEqualTo("hey");
        assertThat(read.samples()).extracting(StoredSample::measured).containsExactly(50.0, 60.0);
        assertThat(read.samples()).extracting(StoredSample::ok).containsExactly(true, false);
        assertThat(read.samples()).extracting(StoredSample::scheduledUs).containsExactly(0L, 100_000L);
        assertThat(read.samples()).extracting(StoredSample::status).containsExactly(200, 503);
    }

    @Test
    void of_the_lines_of_k6_the_points_of_the_request_duration_count() {
        var read = lines("""
            {"type":"Metric","data":{"type":"trend","contains":"time"},"metric":"http_req_duration"}
            {"type":"Point","data":{"time":"2026-11-22T11:00:00.5+01:00","value":500,"tags":{"status":"200","expected_response":"true"}},"metric":"http_req_duration"}
            {"type":"Point","data":{"time":"2026-11-22T10:00:01Z","value":3,"tags":null},"metric":"vus"}
            {"type":"Point","data":{"time":"2026-11-22T10:00:01Z","value":20.5,"tags":{"status":"404","expected_response":"true"}},"metric":"http_req_duration"}
            {"type":"Point","data":{"time":"2026-11-22T10:00:02Z","value":20,"tags":{"status":"500"}},"metric":"http_req_duration"}
            """);
        assertThat(read.tool()).isEqualTo("k6");
        assertThat(read.samples()).extracting(StoredSample::measured).containsExactly(500.0, 20.5, 20.0);
        assertThat(read.samples()).extracting(StoredSample::ok).containsExactly(true, true, false);
        assertThat(read.from()).contains(Instant.parse("2026-11-22T10:00:00Z"));
    }

    @Test
    void a_line_that_is_no_point_of_k6_is_told_with_its_number() {
        Problem problem =
                catchThrowableOfType(ProblemException.class, () -> lines("""
                    {"type":"Point","data":{"time":"yesterday","value":5},"metric":"http_req_duration"}
                    {"type":"Point","data":{"time":"2026-11-22T10:00:01Z","value":"5"},"metric":"http_req_duration"}
                    atMs,valueMs
                    [1]
                    """)).problem();
        assertThat(problem.violations()).extracting("line").containsExactly(1, 2, 3, 4);
    }
}
