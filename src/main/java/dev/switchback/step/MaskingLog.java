package dev.switchback.step;

import dev.switchback.secret.Masker;
import java.util.function.Supplier;

/**
 * Masks secrets in every line before it reaches the log behind it.
 *
 * @param behind the log that stores the lines
 * @param masker asked for each line, because a secret may be handed out in the middle of an attempt:
 *     {@code trackingSecrets::masker}
 */
public record MaskingLog(StepLog behind, Supplier<Masker> masker) implements StepLog {

    @Override
    public void line(Stream stream, String text) {
        behind.line(stream, masker.get().mask(text));
    }
}
