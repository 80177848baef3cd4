package dev.switchback.platform;

import java.util.stream.Collectors;

/** Why the server could not start, in words for the console: it ends without a log where the failure came early. */
final class StartFailure {

    private static final int LINES = 8;

    private StartFailure() {}

    /** The reason at the bottom of the failure, at most eight lines. */
    static String words(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null && reason.getCause() != reason) {
            reason = reason.getCause();
        }
        String message = reason.getMessage() == null
                ? reason.getClass().getSimpleName()
                : reason.getMessage().strip();
        return "switchback: The server could not start: "
                + message.lines()
                        .limit(LINES)
                        .map(CleanLog::clean)
                        .collect(Collectors.joining(System.lineSeparator() + "  "));
    }
}
