package dev.switchback.access;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;

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

    boolean hasPassword(String password) {
        return passwordHash != null && Passwords.matches(password, passwordHash);
    }
}
