package dev.switchback.access;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Optional;

/** Somebody who signs in. The name never changes: the history speaks of it. */
@Entity
public class Person {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;
    private String displayName;
    private String passwordHash;
    private boolean active;
    private Instant createdAt;
    private boolean localAdmin;

    protected Person() {}

    Person(String name, String displayName, String passwordHash, Instant createdAt) {
        this.name = name;
        this.displayName = displayName;
        this.passwordHash = passwordHash;
        this.active = true;
        this.createdAt = createdAt;
    }

    public Long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String displayName() {
        return displayName;
    }

    boolean isActive() {
        return active;
    }

    /** Empty for who signs in with a provider only. */
    Optional<String> passwordHash() {
        return Optional.ofNullable(passwordHash);
    }

    /** From now on the person signs in with this; the caller ends what was signed in with the one before. */
    void changePassword(String password) {
        passwordHash = Passwords.hash(password);
    }

    /** Lets the person sign in with a password also while a provider is in charge of signing in. */
    void makeLocalAdmin() {
        localAdmin = true;
    }

    /** Whether the person may sign in with a password while a provider is in charge of signing in. */
    boolean isLocalAdmin() {
        return localAdmin;
    }
}
