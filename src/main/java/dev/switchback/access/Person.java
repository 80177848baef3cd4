package dev.switchback.access;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Optional;

/** Somebody who signs in. The name never changes: the history speaks of it. */
@Entity
public class Person implements Holder {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;
    private String displayName;
    private String passwordHash;
    private boolean active;
    private Instant createdAt;
    private int revision;
    private Instant changedAt;
    private String changedBy;
    private boolean localAdmin;

    protected Person() {}

    Person(String name, String displayName, String passwordHash, Instant createdAt) {
        this.name = name;
        this.displayName = displayName;
        this.passwordHash = passwordHash;
        this.active = true;
        this.createdAt = createdAt;
        this.revision = 1;
        this.changedAt = createdAt;
        this.changedBy = "switchback";
    }

    public Long id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String displayName() {
        return displayName;
    }

    @Override
    public boolean isActive() {
        return active;
    }

    public Instant createdAt() {
        return createdAt;
    }

    @Override
    public int revision() {
        return revision;
    }

    @Override
    public Instant changedAt() {
        return changedAt;
    }

    @Override
    public String changedBy() {
        return changedBy;
    }

    @Override
    public String kind() {
        return "person";
    }

    @Override
    public void changed(Instant now, String by) {
        revision++;
        changedAt = now;
        changedBy = by;
    }

    /** Remembers which admin made them. */
    void madeBy(String admin) {
        changedBy = admin;
    }

    void rename(String title) {
        displayName = title;
    }

    void setActive(boolean here) {
        active = here;
    }

    /** Whether they can sign in with a password of their own. */
    public boolean hasPassword() {
        return passwordHash != null;
    }

    /** Empty for who signs in with a provider only. */
    Optional<String> passwordHash() {
        return Optional.ofNullable(passwordHash);
    }

    /** From now on the person signs in with this; the caller ends what was signed in with the one before. */
    void changePassword(String password) {
        passwordHash = Passwords.hash(password);
    }

    /** Lets the person sign in with a password also while a provider is in charge of signing in, or no longer. */
    void setLocalAdmin(boolean local) {
        localAdmin = local;
    }

    /** Whether the person may sign in with a password while a provider is in charge of signing in. */
    public boolean isLocalAdmin() {
        return localAdmin;
    }
}
