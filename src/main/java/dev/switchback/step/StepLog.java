package dev.switchback.step;

/**
 * Where an attempt writes. Lines are kept in the order of the calls, with the time of the call; secrets are masked
 * behind this interface. A call may block: that is the back-pressure on what prints. Safe for use by several threads.
 */
public interface StepLog {

    /** Who wrote a line. */
    enum Stream {
        OUT,
        ERR,
        ENGINE
    }

    /** One line, without its line end. */
    void line(Stream stream, String text);

    /** The beginning of a line that is too long for one; it goes on with the next call for this stream. */
    default void piece(Stream stream, String text) {
        line(stream, text);
    }

    default void out(String text) {
        line(Stream.OUT, text);
    }

    default void err(String text) {
        line(Stream.ERR, text);
    }

    /** A line of Switchback itself, shown with a {@code ›}. */
    default void engine(String text) {
        line(Stream.ENGINE, text);
    }
}
