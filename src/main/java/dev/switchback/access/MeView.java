package dev.switchback.access;

import dev.switchback.access.Sessions.OpenSession;
import java.time.Instant;
import java.util.List;

/**
 * What stands on the page of one's own account.
 *
 * @param who whose it is
 * @param password whether they have a password here
 * @param sessions their browsers
 * @param tokens their keys for programs
 * @param environments what a token can be cut down to
 * @param wrong what was refused; {@link Wrong#NOTHING} at first
 */
public record MeView(
        Caller who,
        boolean password,
        List<OpenSession> sessions,
        List<Key> tokens,
        List<String> environments,
        Wrong wrong) {

    /** What was refused, and what was typed. Passwords are never shown again. */
    public record Wrong(List<String> password, List<String> token, TokenForm typed) {
        static final Wrong NOTHING = new Wrong(List.of(), List.of(), TokenForm.FRESH);

        static Wrong password(List<String> sentences) {
            return new Wrong(sentences, List.of(), TokenForm.FRESH);
        }

        static Wrong token(List<String> sentences, TokenForm typed) {
            return new Wrong(List.of(), sentences, typed);
        }

        /** Whether anything was. */
        public boolean isAnything() {
            return !password.isEmpty() || !token.isEmpty();
        }
    }

    /** A token as its owner sees it. */
    public record Key(
            Long id,
            String name,
            String scopes,
            String environments,
            Instant expiresAt,
            Instant lastUsedAt,
            String lastUsedAddress,
            boolean good,
            boolean revoked) {

        static Key of(ApiToken token, Instant now) {
            return new Key(
                    token.id(),
                    token.name(),
                    String.join(", ", token.scopes()),
                    String.join(", ", token.environments()),
                    token.expiresAt(),
                    token.lastUsedAt(),
                    token.lastUsedAddress(),
                    token.isGood(now),
                    token.revokedAt() != null);
        }
    }

    MeView with(Wrong what) {
        return new MeView(who, password, sessions, tokens, environments, what);
    }

    /** What they may do, spoken, in order. */
    public List<String> roles() {
        return who.grants().all().stream().map(Grant::words).sorted().toList();
    }

    /** Everything a token can be allowed. */
    public List<String> scopes() {
        return Caller.SCOPES.stream().sorted().toList();
    }

    /** How long a token can last. */
    public List<String> lifetimes() {
        return List.of("7", "30", "90", "365", "none");
    }
}
