package dev.switchback.step;

import dev.switchback.secret.Masker;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Masks secrets in every line before it reaches the log behind it. Of a line that comes in pieces the end of each piece
 * is held back until the next one is there, so that a secret across the border is found. Safe for use by several
 * threads, as long as each stream has one that writes it.
 */
public final class MaskingLog implements StepLog {

    private final StepLog behind;
    private final Supplier<Masker> masker;
    private final AtomicReferenceArray<String> heldBack = new AtomicReferenceArray<>(Stream.values().length);

    /**
     * @param behind the log that stores the lines
     * @param masker asked for each line, because a secret may be handed out in the middle of an attempt:
     *     {@code trackingSecrets::masker}
     */
    public MaskingLog(StepLog behind, Supplier<Masker> masker) {
        this.behind = behind;
        this.masker = masker;
    }

    @Override
    public void line(Stream stream, String text) {
        behind.line(stream, masker.get().mask(joined(stream, text)));
    }

    @Override
    public void piece(Stream stream, String text) {
        String all = joined(stream, text);
        Masker present = masker.get();
        int settled = present.settled(all);
        heldBack.set(stream.ordinal(), all.substring(settled));
        behind.piece(stream, present.mask(all.substring(0, settled)));
    }

    private String joined(Stream stream, String text) {
        if (heldBack.get(stream.ordinal()) == null) {
            return text;
        }
        return heldBack.getAndSet(stream.ordinal(), null) + text;
    }
}
