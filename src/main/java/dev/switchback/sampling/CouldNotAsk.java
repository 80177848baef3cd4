package dev.switchback.sampling;

import dev.switchback.secret.MissingSecretException;
import dev.switchback.step.CouldNotAskException;

/**
 * A metric that could not be taken, or not to its end. Samples that were taken before stand.
 *
 * @param message what failed, without a secret
 * @param expected what would have been right, and how to get there
 */
public record CouldNotAsk(String message, String expected) {

    static CouldNotAsk of(MissingSecretException missing) {
        return new CouldNotAsk(missing.getMessage(), "a configured secret");
    }

    static CouldNotAsk of(CouldNotAskException missing) {
        return new CouldNotAsk(missing.getMessage(), missing.expected());
    }
}
