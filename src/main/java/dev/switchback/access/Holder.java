package dev.switchback.access;

import java.time.Instant;

/** Whoever can be given a role: a person or a team. The name never changes; the history speaks of it. */
public interface Holder {

    /** The name in addresses, in owners and in the trail. */
    String name();

    /** The name that pages show. */
    String displayName();

    /** Whether they are still here; who has left keeps everything that was written of them. */
    boolean isActive();

    /** How often what is said of them was changed, from 1. */
    int revision();

    Instant changedAt();

    String changedBy();

    /** {@code person} or {@code team}, as the trail calls it. */
    String kind();

    /** Where their page is. */
    default String address() {
        return (kind().equals("team") ? "/teams/" : "/people/") + name();
    }

    /** Remembers that what is said of them was changed. */
    void changed(Instant now, String by);

    /** Everything about them but their grants, for the trail. */
    default String words() {
        return "“" + displayName() + "”, " + (isActive() ? "active" : "has left");
    }
}
