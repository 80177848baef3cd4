package dev.switchback.secret;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Looks a secret up when it is used. A secret is stored nowhere; whoever gets one hands it to the target at once and
 * drops it. Safe for use by several threads.
 */
public interface Secrets {

    /** The prefix that makes a text a reference: {@code secret:NAME}. */
    String PREFIX = "secret:";

    /** The value of the secret with this name, or empty when none is configured. */
    Optional<String> find(String name);

    /** Every value that must be masked wherever it turns up, as far as this source can list them; for {@link Masker}. */
    default Collection<String> known() {
        return List.of();
    }

    /** Masks every known value; for text that is cut, because half a secret cannot be recognised afterwards. */
    default Masker masker() {
        return Masker.of(known());
    }

    /**
     * The text itself, or the secret that it refers to.
     *
     * @throws MissingSecretException when it refers to a secret that is not configured
     */
    default String resolve(String textOrReference) {
        if (!textOrReference.startsWith(PREFIX)) {
            return textOrReference;
        }
        String name = textOrReference.substring(PREFIX.length());
        return find(name).orElseThrow(() -> new MissingSecretException(name));
    }
}
