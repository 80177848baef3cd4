package dev.switchback.audit;

import java.util.List;

/**
 * What somebody may see of the trail: all of it, or what belongs to a service or environment that they may see. What
 * belongs to neither, such as sign-ins and people, is only for who sees everything.
 *
 * @param everything whether nothing is hidden
 * @param parts otherwise, what is shown; a part of nulls shows everything that belongs anywhere
 */
public record Visible(boolean everything, List<Part> parts) {

    /** Nothing is hidden. */
    public static final Visible EVERYTHING = new Visible(true, List.of());

    /**
     * One thing that may be seen.
     *
     * @param service the only service, or null for all
     * @param environment the key of the only environment, or null for all
     */
    public record Part(String service, String environment) {}

    /** Copies what it is given. */
    public Visible {
        parts = List.copyOf(parts);
    }
}
