package dev.switchback.step;

/**
 * An attempt cannot even begin: a target, a variable or a program is missing, or the action makes no sense. Nothing was
 * done; becomes {@link Outcome.Result#ERRORED}.
 */
public class CouldNotAskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expected;

    /**
     * @param message what is missing or wrong, without a secret
     * @param expected what would have been right
     */
    public CouldNotAskException(String message, String expected) {
        super(message);
        this.expected = expected;
    }

    public String expected() {
        return expected;
    }
}
