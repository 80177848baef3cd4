package dev.switchback.access;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Duration;
import java.time.Instant;
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
    private Instant createdAt;
    private Instant expiresAt;
    private Instant lastUsedAt;
    private Instant revokedAt;

    protected ApiToken() {}

    ApiToken(Person person, String name, String token, Set<String> scopes, Instant now, Instant expiresAt) {
        this.person = person;
        this.name = name;
        this.tokenHash = Passwords.digest(token);
        this.scopes = String.join(" ", new TreeSet<>(scopes));
        this.createdAt = now;
        this.expiresAt = expiresAt;
    }

    Long id() {
        return id;
    }

    String name() {
        return name;
    }

    Person person() {
        return person;
    }

    Set<String> scopes() {
        return new TreeSet<>(Arrays.asList(scopes.split(" ")));
    }

    boolean isGood(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    void used(Instant now) {
        if (lastUsedAt == null || now.isAfter(lastUsedAt.plus(Duration.ofMinutes(1)))) {
            lastUsedAt = now;
        }
    }

    void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }
}
