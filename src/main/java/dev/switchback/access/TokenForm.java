package dev.switchback.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What was typed to make a token.
 *
 * @param days how long it lasts, in days; {@code none} for until it is revoked
 */
public record TokenForm(String name, List<String> scopes, List<String> environments, String days) {

    /** Before anything was typed. */
    static final TokenForm FRESH = new TokenForm("", List.of("read", "author", "operate"), List.of(), "90");

    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    MakeToken.Wanted wanted(Instant now) {
        return new MakeToken.Wanted(name, scopes, environments, end(now));
    }

    /** A made-up number of days is the shortest one offered. */
    private Instant end(Instant now) {
        return switch (days) {
            case "none" -> NEVER;
            case "30" -> now.plus(Duration.ofDays(30));
            case "90" -> now.plus(Duration.ofDays(90));
            case "365" -> now.plus(Duration.ofDays(365));
            default -> now.plus(Duration.ofDays(7));
        };
    }
}
