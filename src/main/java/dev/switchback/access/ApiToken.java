package dev.switchback.access;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** A key for programs: shown once, stored as a hash, limited by scopes and by time. */
@Entity
public class ApiToken {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Person person;

    private String name;
    private String tokenHash;
    private String scopes;
    private String environments;
    private Instant createdAt;
    private Instant expiresAt;
    private Instant lastUsedAt;
    private String lastUsedAddress;
    private Instant revokedAt;

    protected ApiToken() {}

    /** @param limits what it may do of what its person may */
    ApiToken(Person person, String name, String token, Caller.Limits limits, Instant now, Instant expiresAt) {
        this.person = person;
        this.name = name;
        this.tokenHash = Passwords.digest(token);
        this.scopes = String.join(" ", new TreeSet<>(limits.scopes()));
        this.environments = String.join(" ", new TreeSet<>(limits.environments()));
        this.createdAt = now;
        this.expiresAt = expiresAt;
    }

    Long id() {
        return id;
    }

    public String name() {
        return name;
    }

    Person person() {
        return person;
    }

    public Set<String> scopes() {
        return new TreeSet<>(Arrays.asList(scopes.split(" ")));
    }

    /** The keys of the only environments in which it does anything; empty for all. */
    public Set<String> environments() {
        return environments.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(environments.split(" ")));
    }

    Instant createdAt() {
        return createdAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    Instant lastUsedAt() {
        return lastUsedAt;
    }

    String lastUsedAddress() {
        return lastUsedAddress;
    }

    Instant revokedAt() {
        return revokedAt;
    }

    boolean isGood(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    /** Remembers when and from where it was used, at most once a minute. */
    void used(Instant now, String address) {
        if (lastUsedAt == null || now.isAfter(lastUsedAt.plus(Duration.ofMinutes(1)))) {
            lastUsedAt = now;
            lastUsedAddress = address;
        }
    }

    /** Ends it. @return whether it had not ended before */
    boolean revoke(Instant now) {
        if (revokedAt != null) {
            return false;
        }
        revokedAt = now;
        return true;
    }

    /** Everything about it but its value: {@code “ci” of admin: operate, read; staging only; until 2030-01-01T00:00:00Z}. */
    String words() {
        return "“" + name + "” of " + person.name() + ": " + String.join(", ", scopes())
                + (environments().isEmpty() ? "" : "; " + String.join(", ", environments()) + " only")
                + (expiresAt == null ? "; without end" : "; until " + expiresAt.truncatedTo(ChronoUnit.SECONDS));
    }
}
