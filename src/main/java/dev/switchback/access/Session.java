package dev.switchback.access;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Duration;
import java.time.Instant;

/** A browser that somebody signed in with. The cookie holds the token, the row only its hash. */
@Entity
public class Session {

    private static final Duration SEEN_AT_MOST_EVERY = Duration.ofMinutes(1);

    @Id
    private String tokenHash;

    @ManyToOne(fetch = FetchType.LAZY)
    private Person person;

    private String csrfToken;
    private Instant createdAt;
    private Instant lastSeenAt;
    private Instant expiresAt;

    protected Session() {}

    Session(String token, Person person, Instant now, Duration absolute) {
        this.tokenHash = Passwords.digest(token);
        this.person = person;
        this.csrfToken = Passwords.randomToken();
        this.createdAt = now;
        this.lastSeenAt = now;
        this.expiresAt = now.plus(absolute);
    }

    Person person() {
        return person;
    }

    String csrfToken() {
        return csrfToken;
    }

    boolean isOpen(Instant now, Duration idle) {
        return now.isBefore(expiresAt) && now.isBefore(lastSeenAt.plus(idle));
    }

    /** Remembers that the browser is there; at most one write a minute. */
    void seen(Instant now) {
        if (now.isAfter(lastSeenAt.plus(SEEN_AT_MOST_EVERY))) {
            lastSeenAt = now;
        }
    }
}
