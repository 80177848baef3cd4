package dev.switchback.access;

import dev.switchback.problem.Problem;
import java.util.Set;

/**
 * Who is asking, and how they proved it. Immutable.
 *
 * @param name the name of the person, also of a program's owner
 * @param displayName the name that pages show
 * @param means how they proved it
 * @param scopes what a token may do; a person has all of them
 * @param csrfToken what every form of this browser must send along; empty unless {@link Means#BROWSER}
 */
public record Caller(String name, String displayName, Means means, Set<String> scopes, String csrfToken) {

    /** How somebody proves who they are. */
    public enum Means {
        BROWSER,
        PASSWORD,
        TOKEN
    }

    /** Everything a token can be allowed (rule of reading 11). */
    public static final Set<String> SCOPES = Set.of("read", "author", "operate");

    /** The key under which the caller stands in the security identity. */
    static final String ATTRIBUTE = "switchback.caller";

    static Caller browser(String name, String displayName, String csrfToken) {
        return new Caller(name, displayName, Means.BROWSER, SCOPES, csrfToken);
    }

    static Caller withPassword(String name, String displayName) {
        return new Caller(name, displayName, Means.PASSWORD, SCOPES, "");
    }

    /** A part of Switchback itself that acts under a name of its own; not a person. */
    public static Caller of(String part) {
        return program(part, part, SCOPES);
    }

    static Caller program(String name, String displayName, Set<String> scopes) {
        return new Caller(name, displayName, Means.TOKEN, Set.copyOf(scopes), "");
    }

    /** Whether this is the person, not a program with their token. */
    public boolean isPerson() {
        return means != Means.TOKEN;
    }

    /**
     * Lets only the person pass.
     *
     * @param what what a program may not do, as a verb phrase: "pass a point of no return"
     */
    public void requirePerson(String what) {
        if (!isPerson()) {
            throw Problem.forbidden("A token may not " + what, "the person themself, signed in or with Basic")
                    .toException();
        }
    }

    /** Lets only who has the scope pass. */
    public void requireScope(String scope) {
        if (!scopes.contains(scope)) {
            throw Problem.forbidden(
                            "This token has the scopes " + String.join(", ", scopes) + ", but not " + scope,
                            "a token with the scope " + scope)
                    .toException();
        }
    }
}
