package dev.switchback.audit;

import java.util.Optional;

/**
 * What is to be written into the trail. Immutable.
 *
 * @param action what was done, as a dotted verb: {@code run.start}
 * @param kind what it was done to: {@code run}, {@code migration}, {@code person}
 * @param object which one: its key or number
 * @param service the service it belongs to, or null; who may see the entry depends on it
 * @param environment the key of the environment it belongs to, or null; likewise
 * @param before how it was, or null
 * @param after how it is now, or null
 * @param note why, in the words of who did it, or null
 * @param doer who did it when it is not the one whose request is served
 */
public record Entry(
        String action,
        String kind,
        String object,
        String service,
        String environment,
        String before,
        String after,
        String note,
        Optional<Actor> doer) {

    /** This was done to that. */
    public static Entry of(String action, String kind, Object object) {
        return new Entry(action, kind, String.valueOf(object), null, null, null, null, null, Optional.empty());
    }

    /** Where it belongs; null for what belongs to none. */
    public Entry where(String ofService, String inEnvironment) {
        return new Entry(action, kind, object, ofService, inEnvironment, before, after, note, doer);
    }

    /** How it was; null when it was not. */
    public Entry from(String was) {
        return new Entry(action, kind, object, service, environment, was, after, note, doer);
    }

    /** How it is now; null when it is gone. */
    public Entry to(String is) {
        return new Entry(action, kind, object, service, environment, before, is, note, doer);
    }

    /** Why; null when nobody said. */
    public Entry note(String why) {
        return new Entry(action, kind, object, service, environment, before, after, why, doer);
    }

    /**
     * Done by somebody who is not known from the request: who signs in, or a part of Switchback.
     *
     * @param name who
     * @param means how they proved it: {@code browser}, {@code password}, {@code token}, {@code system}
     */
    public Entry by(String name, String means) {
        return new Entry(
                action, kind, object, service, environment, before, after, note, Optional.of(Actor.of(name, means)));
    }
}
