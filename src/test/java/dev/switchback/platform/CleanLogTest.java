package dev.switchback.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanLogTest {

    @ParameterizedTest
    @CsvSource({
        "'ordinary: äöü “word”', 'ordinary: äöü “word”'",
        "'a\n2026-11-23 10:00:00 INFO forged', 'a\n    2026-11-23 10:00:00 INFO forged'",
        "'a\rforged', 'a\\u000dforged'",
        "'a\u001b[2Jb', 'a\\u001b[2Jb'",
        "'a\u009b2Jb', 'a\\u009b2Jb'",
        "'a\u202eb', 'a\\u202eb'",
        "'a\u2028b', 'a\\u2028b'",
        "'a\u0000b', 'a\\u0000b'",
        "'a\udb40\udc41b', 'a\\udb40\\udc41b'"
    })
    void lets_nobody_forge_a_line_or_speak_to_the_terminal(String said, String written) {
        assertThat(CleanLog.clean(said)).isEqualTo(written);
    }

    @Test
    void cleans_what_is_put_into_a_message_and_what_an_exception_says() {
        var record = new ExtLogRecord(Level.INFO, "%s failed", ExtLogRecord.FormatStyle.PRINTF, "test");
        record.setParameters(new Object[] {"GET /a\n2026 INFO forged"});
        record.setThrown(new IllegalStateException("boom\n2026 INFO forged"));

        assertThat(new CleanLog().isLoggable(record)).isTrue();

        assertThat(record.getFormattedMessage().lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("    "));
        assertThat(record.getFormattedMessage()).contains("boom").contains("CleanLogTest");
        assertThat(record.getThrown()).isNull();
    }
}
