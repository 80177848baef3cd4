package dev.switchback.people;

import java.util.List;

/**
 * What somebody would leave behind.
 *
 * @param migrations those they own that are not put away
 * @param runs those they started that have not ended
 */
public record Owned(List<Thing> migrations, List<Thing> runs) {

    /** @param key its key or number @param title what it is called */
    public record Thing(String key, String title) {}

    static final Owned NOTHING = new Owned(List.of(), List.of());

    public boolean isNothing() {
        return migrations.isEmpty() && runs.isEmpty();
    }
}
