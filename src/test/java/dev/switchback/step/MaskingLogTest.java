package dev.switchback.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.secret.Masker;
import dev.switchback.step.StepLog.Stream;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskingLogTest {

    private static final String SECRET = "hunter2-and-more";

    private final RecordedLog log = new RecordedLog();
    private final Masker masker = Masker.of(List.of(SECRET, "other-secret"));
    private final MaskingLog masking = new MaskingLog(log, () -> masker);

    @Test
    void a_secret_across_the_pieces_of_a_long_line_is_masked_wherever_the_border_is() {
        String text = "a".repeat(100) + SECRET + "b".repeat(100) + SECRET + SECRET + "other-secret" + "c".repeat(50);
        for (int border = 1; border < text.length(); border++) {
            var kept = new RecordedLog();
            var pieces = new MaskingLog(kept, () -> masker);
            pieces.piece(Stream.OUT, text.substring(0, border));
            pieces.line(Stream.OUT, text.substring(border));
            assertThat(String.join("", kept.out())).isEqualTo(masker.mask(text));
        }
    }

    @Test
    void a_secret_in_three_pieces_is_masked() {
        masking.piece(Stream.OUT, "x hun");
        masking.piece(Stream.OUT, "ter2-and");
        masking.line(Stream.OUT, "-more y");
        assertThat(String.join("", log.out())).isEqualTo("x " + Masker.MASK + " y");
    }

    @Test
    void the_pieces_of_one_stream_do_not_mix_with_the_other() {
        masking.piece(Stream.OUT, "out begins ");
        masking.line(Stream.ERR, "err");
        masking.line(Stream.OUT, "and ends");
        assertThat(log.err()).containsExactly("err");
        assertThat(String.join("", log.out())).isEqualTo("out begins and ends");
    }

    @Test
    void without_secrets_nothing_is_held_back() {
        var plain = new MaskingLog(log, () -> Masker.of(List.of()));
        plain.piece(Stream.OUT, "abc");
        assertThat(log.out()).containsExactly("abc");
    }
}
