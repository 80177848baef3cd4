package dev.switchback.access;

import dev.switchback.problem.Problem;
import java.util.Optional;
import java.util.Set;

/**
 * Who is asking, how they proved it, and what they may. Immutable.
 *
 * @param name the name of the person, also of a program's owner
 * @param displayName the name that pages show
 * @param proof how they proved it
 * @param limits what a token is cut down to; a person has no limits
 * @param grants what the person was granted, also through teams
 */
public record Caller(String name, String displayName, Proof proof, Limits limits, Grants grants) {

    /** How somebody proves who they are. */
    public enum Means {
        BROWSER,
        PASSWORD,
        TOKEN
    }

    /**
     * What they showed.
     *
     * @param means how
     * @param csrfToken what every form of this browser must send along; empty unless {@link Means#BROWSER}
     * @param token the name of the token; empty unless {@link Means#TOKEN}
     * @param handle by which {@link Standing} finds again what was shown; nobody can sign in with it
     */
    public record Proof(Means means, String csrfToken, String token, String handle) {}

    /**
     * What a token may do of that which its person may.
     *
     * @param scopes some of {@link Caller#SCOPES}
     * @param environments the keys of the only environments in which it does anything; empty for all
     */
    public record Limits(Set<String> scopes, Set<String> environments) {

        static final Limits NONE = new Limits(SCOPES, Set.of());

        /** Copies what it is given. */
        public Limits {
            scopes = Set.copyOf(scopes);
            environments = Set.copyOf(environments);
        }

        boolean reaches(Where where) {
            return environments.isEmpty() || where.environment() == null || environments.contains(where.environment());
        }
    }

    /** Everything a token can be allowed (rule of reading 11). */
    public static final Set<String> SCOPES = Set.of("read", "author", "operate");

    /** The key under which the caller stands in the security identity. */
    static final String ATTRIBUTE = "switchback.caller";

    /** @param session the hash of the token in the cookie */
    static Caller browser(String name, String displayName, String csrfToken, String session, Grants grants) {
        return new Caller(name, displayName, new Proof(Means.BROWSER, csrfToken, "", session), Limits.NONE, grants);
    }

    /** @param password what changes with the password */
    static Caller withPassword(String name, String displayName, String password, Grants grants) {
        return new Caller(name, displayName, new Proof(Means.PASSWORD, "", "", password), Limits.NONE, grants);
    }

    /** A part of Switchback itself that acts under a name of its own; not a person. */
    public static Caller of(String part) {
        return new Caller(part, part, new Proof(Means.TOKEN, "", "", ""), Limits.NONE, Grants.EVERYTHING);
    }

    static Caller program(Person person, ApiToken token, Grants grants) {
        return new Caller(
                person.name(),
                person.displayName(),
                new Proof(Means.TOKEN, "", token.name(), String.valueOf(token.id())),
                new Limits(token.scopes(), token.environments()),
                grants);
    }

    /** How they proved who they are. */
    public Means means() {
        return proof.means();
    }

    /** What a token may do; a person has all of them. */
    public Set<String> scopes() {
        return limits.scopes();
    }

    /** What every form of this browser must send along; empty unless {@link Means#BROWSER}. */
    public String csrfToken() {
        return proof.csrfToken();
    }

    /** The number of the token; empty for a person. */
    public Optional<Long> tokenId() {
        return isPerson() || proof.handle().isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(proof.handle()));
    }

    /** Whether this is the person, not a program with their token. */
    public boolean isPerson() {
        return means() != Means.TOKEN;
    }

    /** Whether they may do this there. */
    public boolean may(Right right, Where where) {
        return isInScope(right) && limits.reaches(where) && grants.may(right, where);
    }

    private boolean isInScope(Right right) {
        return isPerson() || right.scopes().stream().anyMatch(limits.scopes()::contains);
    }

    /**
     * Lets only those pass who may do this there.
     *
     * @throws dev.switchback.problem.ProblemException 403 with the role or scope that is missing and who can grant it
     */
    public void require(Right right, Where where) {
        if (!may(right, where)) {
            throw refusal(right, where).toException();
        }
    }

    private Problem refusal(Right right, Where where) {
        if (!isPerson() && right.scopes().isEmpty()) {
            return Problem.forbidden(
                    "A token may not " + right.phrase(), "the person themself, signed in or with Basic");
        }
        if (!isInScope(right)) {
            String wanted = String.join(" or ", right.scopes().stream().sorted().toList());
            return Problem.forbidden(
                    "This token has the scopes "
                            + String.join(", ", scopes().stream().sorted().toList()) + ", but not " + wanted,
                    "a token with the scope " + wanted);
        }
        if (!limits.reaches(where)) {
            return Problem.forbidden(
                    "This token is for "
                            + String.join(
                                    ", ",
                                    limits.environments().stream().sorted().toList()) + " only, not for “"
                            + where.environment() + "”",
                    "a token for “" + where.environment() + "”");
        }
        return Problem.forbidden(
                displayName + " may not " + right.phrase() + ": the role " + right.choice() + where.words()
                        + " is missing",
                "the role " + right.choice() + where.words() + "; an admin can grant it");
    }

    /**
     * Lets only those pass who may do this for anything at all: for a page on which it is not yet said for what.
     *
     * @throws dev.switchback.problem.ProblemException 403 with the role or scope that is missing
     */
    public void requireSomewhere(Right right) {
        if (!isInScope(right) || !grants.maySomewhere(right)) {
            throw refusal(right, Where.nowhere()).toException();
        }
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

    /**
     * Lets only who has the scope pass: a token without it learns nothing of what it asked for, not even whether it is there.
     */
    public void requireScope(String scope) {
        if (!scopes().contains(scope)) {
            throw Problem.forbidden(
                            "This token has the scopes "
                                    + String.join(
                                            ", ", scopes().stream().sorted().toList()) + ", but not " + scope,
                            "a token with the scope " + scope)
                    .toException();
        }
    }
}
