package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.step.StepLog.Stream;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogRowTest {

    @Test
    void no_escape_sequence_reaches_the_browser() {
        assertThat(LogRow.readable("\u001b[1;31mred\u001b[0m and \u001b]0;title\u0007plain\u001b[2K\r"))
                .isEqualTo("red and plain");
    }

    @Test
    void a_progress_bar_shows_where_it_ended() {
        assertThat(LogRow.readable("\r  1 %\r 50 %\r100 % done\u001b[K\r")).isEqualTo("100 % done");
        assertThat(LogRow.readable("\r\r")).isEmpty();
    }

    @Test
    void what_is_no_text_at_all_is_left_out() {
        assertThat(LogRow.readable("PNG\u0000\u0001\u0002x\u009b\ufffd")).isEqualTo("PNGx\ufffd");
    }

    @Test
    void tabs_and_letters_of_every_language_stay() {
        assertThat(LogRow.readable("a\tb é 漢 🙂")).isEqualTo("a\tb é 漢 🙂");
    }

    @Test
    void a_line_that_no_page_can_show_is_cut_and_says_so() {
        assertThat(LogRow.readable("x".repeat(5000)))
                .hasSizeLessThan(4100)
                .endsWith("(5000 characters; see the plain text)");
    }

    @Test
    void names_who_wrote_it_and_where_it_belongs() {
        var line = new LogLine(7, Instant.EPOCH, Stream.ERR, 2, "copy", 1, "oh");

        assertThat(LogRow.of(line)).isEqualTo(new LogRow(7, Instant.EPOCH, "err", "2/copy", "oh"));
    }
}
