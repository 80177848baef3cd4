package dev.switchback.access;

import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes a key for a program of the person who asks, and revokes one. */
@ApplicationScoped
public class MakeToken {

    private static final int NAME_AT_MOST = 200;
    private static final int AT_MOST = 100;

    @Inject
    CallerOfRequest caller;

    @Inject
    People people;

    @Inject
    ApiTokens tokens;

    @Inject
    TokenConfig config;

    @Inject
    Trail trail;

    @Inject
    InstantSource clock;

    /**
     * What is asked for.
     *
     * @param name what it is for
     * @param scopes what it may do; null for everything a token may
     * @param environments the keys of the only environments in which it does anything; null or empty for all
     * @param expiresAt when it ends; null for the usual lifetime
     */
    public record Wanted(String name, List<String> scopes, List<String> environments, Instant expiresAt) {

        private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

        /** Whoever names the end of time wants none. */
        private boolean endless() {
            return NEVER.equals(expiresAt);
        }

        private boolean hasKnownScopes() {
            return scopes == null
                    || !scopes.isEmpty() && scopes.stream().allMatch(s -> s != null && Caller.SCOPES.contains(s));
        }

        private Caller.Limits limits() {
            return new Caller.Limits(
                    scopes == null ? Caller.SCOPES : Set.copyOf(scopes),
                    environments == null ? Set.of() : Set.copyOf(environments));
        }
    }

    /** A token that was just made. @param value shown this once */
    public record Made(ApiToken token, String value) {}

    /**
     * Makes it.
     *
     * @throws dev.switchback.problem.ProblemException 403 for a program, 422 with all that is wrong
     */
    @Transactional
    public Made make(Wanted wanted) {
        caller.get().requirePerson("make tokens");
        validate(wanted);
        Person person = people.active(caller.name()).orElseThrow();
        if (tokens.countGood(person) >= AT_MOST) {
            throw Problem.content("You have " + AT_MOST + " tokens already", "revoke those that nobody uses")
                    .toException();
        }
        Instant now = clock.instant();
        String value = "sbt_" + Passwords.randomToken();
        var token = new ApiToken(person, wanted.name().strip(), value, wanted.limits(), now, end(wanted, now));
        tokens.persist(token);
        trail.record(Entry.of("token.make", "token", token.id()).to(token.words()));
        return new Made(token, value);
    }

    private Instant end(Wanted wanted, Instant now) {
        if (wanted.endless()) {
            return null;
        }
        if (wanted.expiresAt() != null) {
            return wanted.expiresAt();
        }
        return config.lifetime().isZero() ? null : now.plus(config.lifetime());
    }

    private void validate(Wanted wanted) {
        var violations = new ArrayList<Violation>();
        if (wanted == null || wanted.name() == null || wanted.name().isBlank()) {
            violations.add(Violation.of("name", "The token has no name", "what it is for, such as \"ci\""));
        } else if (wanted.name().length() > NAME_AT_MOST) {
            violations.add(Violation.of("name", "The name is too long", "at most " + NAME_AT_MOST + " characters"));
        }
        if (wanted != null && !wanted.hasKnownScopes()) {
            violations.add(Violation.of(
                    "scopes",
                    "The scopes are " + wanted.scopes(),
                    "at least one of " + String.join(", ", new TreeSet<>(Caller.SCOPES))));
        }
        if (wanted != null && wanted.environments() != null) {
            validateEnvironments(wanted.environments(), violations);
        }
        if (wanted != null && wanted.expiresAt() != null && !wanted.expiresAt().isAfter(clock.instant())) {
            violations.add(Violation.of("expiresAt", "The token would have expired already", "a time in the future"));
        }
        if (!violations.isEmpty()) {
            throw Problem.content(violations).toException();
        }
    }

    /** Only what the person may see: what may not be seen is answered as if it did not exist. */
    private void validateEnvironments(List<String> environments, List<Violation> violations) {
        Set<String> seen = Set.copyOf(tokens.environments(caller.get()));
        for (int i = 0; i < environments.size(); i++) {
            String key = environments.get(i);
            if (key == null || !seen.contains(key)) {
                violations.add(Violation.of(
                        "environments[" + i + "]",
                        "There is no environment “" + key + "”",
                        seen.isEmpty() ? "none" : "one of " + String.join(", ", new TreeSet<>(seen))));
            }
        }
    }

    /**
     * Ends a token at once; does nothing when it has ended.
     *
     * @throws dev.switchback.problem.ProblemException 403 for a program, 404 unless it is one's own or one looks after
     *     people
     */
    @Transactional
    public ApiToken revoke(long id) {
        Caller who = caller.get();
        who.requirePerson("revoke tokens");
        ApiToken token = tokens.findByIdOptional(id)
                .filter(each -> each.person().name().equals(who.name()) || who.may(Right.ADMINISTER, Where.nowhere()))
                .orElseThrow(() -> Problem.notFound("There is no token " + id, "the id of one of your tokens")
                        .toException());
        if (token.revoke(clock.instant())) {
            trail.record(Entry.of("token.revoke", "token", id).from(token.words()));
        }
        return token;
    }
}
