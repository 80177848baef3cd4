package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.step.StepLog.Stream;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogChunkTest {

    @Test
    void gives_back_every_line_with_its_number_time_and_stream() {
        var chunk = new LogChunk.Builder();
        chunk.add(1_700_000_000_123L, Stream.OUT, "first");
        chunk.add(1_700_000_000_124L, Stream.ERR, "");
        chunk.add(1_700_000_000_125L, Stream.ENGINE, "  ümlaut 123 o x ");

        List<LogLine> lines = LogChunk.read(41, 1, "copy", 2, chunk.toBytes());

        assertThat(lines).extracting(LogLine::no).containsExactly(41L, 42L, 43L);
        assertThat(lines).extracting(LogLine::text).containsExactly("first", "", "  ümlaut 123 o x ");
        assertThat(lines).extracting(LogLine::stream).containsExactly(Stream.OUT, Stream.ERR, Stream.ENGINE);
        assertThat(lines.get(0).at().toEpochMilli()).isEqualTo(1_700_000_000_123L);
    }

    @Test
    void a_line_end_inside_a_line_never_makes_two_of_it() {
        var chunk = new LogChunk.Builder();
        chunk.add(1, Stream.OUT, "one\ntwo");
        assertThat(LogChunk.read(1, 1, "s", 1, chunk.toBytes())).hasSize(1);
    }
}
