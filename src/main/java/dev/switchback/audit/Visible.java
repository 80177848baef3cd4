package dev.switchback.audit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody may see of the trail. What belongs to a service or environment is seen by who may see that. What belongs
 * to neither, such as sign-ins, people, tokens and refusals, is seen by admins, and by the person whom it is about or who
 * did it.
 *
 * @param everywhere whether nothing that belongs to a service or environment is hidden
 * @param people whether nothing that belongs to neither is hidden
 * @param self whose own entries are shown too; empty for a program
 * @param parts where not everything is shown, what is; a part of nulls shows everything that belongs anywhere
 */
public record Visible(boolean everywhere, boolean people, Optional<String> self, List<Part> parts) {

    /** Nothing is hidden. */
    public static final Visible EVERYTHING = new Visible(true, true, Optional.empty(), List.of());

    /**
     * One thing that may be seen.
     *
     * @param service the only service, or null for all
     * @param environment the key of the only environment, or null for all
     */
    public record Part(String service, String environment) {}

    /** Copies what it is given. */
    public Visible {
        Objects.requireNonNull(self, "self");
        parts = List.copyOf(parts);
    }

    /** Whether nothing at all is hidden. */
    public boolean everything() {
        return everywhere && people;
    }
}
