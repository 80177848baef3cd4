package dev.switchback.audit;

/**
 * Who did something, and from where.
 *
 * @param name the name of the person, or of the part of Switchback
 * @param means how they proved it: {@code browser}, {@code password}, {@code token}, {@code system}
 * @param token the name of the token, or null
 * @param address where the request came from, or null
 * @param agent what the program called itself, or null
 * @param request the number that a proxy gave the request, or null
 */
public record Actor(String name, String means, String token, String address, String agent, String request) {

    /** What nobody asked for. */
    static final Actor SYSTEM = of("switchback", "system");

    /** Somebody without a request. */
    static Actor of(String name, String means) {
        return new Actor(name, means, null, null, null, null);
    }

    /** Somebody else by way of the same request. */
    Actor byWayOf(Actor other) {
        return new Actor(name, means, token, other.address, other.agent, other.request);
    }
}
