package dev.switchback.run;

import dev.switchback.problem.Problem;

/**
 * How far somebody has followed a run: the last event and the last line of the log that they have seen. Immutable.
 *
 * @param event the number of the event, 0 before the first
 * @param line the number of the line, 0 before the first
 */
record LivePlace(int event, long line) {

    /**
     * Reads {@code event.line}; nothing means the beginning.
     *
     * @throws dev.switchback.problem.ProblemException 400 for anything else
     */
    static LivePlace of(String text) {
        if (text == null || text.isBlank()) {
            return new LivePlace(0, 0);
        }
        try {
            int dot = text.indexOf('.');
            return new LivePlace(
                    Integer.parseUnsignedInt(text.substring(0, dot)), Long.parseUnsignedLong(text.substring(dot + 1)));
        } catch (RuntimeException e) {
            throw Problem.syntax("\"" + text + "\" is not a place in this stream", "the id of one of its messages")
                    .toException();
        }
    }

    @Override
    public String toString() {
        return event + "." + line;
    }
}
