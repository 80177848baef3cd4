package dev.switchback.preview;

import dev.switchback.secret.Masker;
import dev.switchback.secret.Secrets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Hands out stand-ins instead of secrets and puts {@code secret:NAME} in their place afterwards. A stand-in is made of
 * characters that no encoding changes, so that it is found again in an address as in a header. Used by one thread.
 */
final class NamedSecrets implements Secrets {

    private final Secrets configured;
    private final Masker masker;
    private final String nonce = UUID.randomUUID().toString().replace("-", "");
    private final Map<String, String> standIns = new LinkedHashMap<>();
    private final Set<String> missing = new TreeSet<>();

    /** @param configured the real ones: asked only whether they are there, and for what must be masked */
    NamedSecrets(Secrets configured) {
        this.configured = configured;
        this.masker = configured.masker();
    }

    @Override
    public Optional<String> find(String name) {
        if (configured.find(name).isEmpty()) {
            missing.add(name);
        }
        return Optional.of(standIns.computeIfAbsent(name, any -> "S" + standIns.size() + "E" + nonce));
    }

    /** The text with names in the place of stand-ins, and dots in the place of every secret that stands in it itself. */
    String shown(String text) {
        String shown = masker.mask(text);
        for (Map.Entry<String, String> each : standIns.entrySet()) {
            shown = shown.replace(each.getValue(), Secrets.PREFIX + each.getKey());
        }
        return shown.replaceAll("(://)[^/\\s@]+@", "$1" + Masker.MASK + "@");
    }

    /** The names that were asked for and that this server does not know. */
    Set<String> missing() {
        return missing;
    }
}
