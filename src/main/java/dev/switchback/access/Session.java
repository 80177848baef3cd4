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
    private String address;
    private String browser;

    protected Session() {}

    Session(String token, Person person, Visit visit, Instant now, Duration absolute) {
        this.tokenHash = Passwords.digest(token);
        this.person = person;
        this.csrfToken = Passwords.randomToken();
        this.createdAt = now;
        this.lastSeenAt = now;
        this.expiresAt = now.plus(absolute);
        this.address = visit.address();
        this.browser = visit.browser();
    }

    static boolean isOpen(Instant now, Instant lastSeen, Instant expires, Duration idle) {
        return now.isBefore(expires) && now.isBefore(lastSeen.plus(idle));
    }

    /** Whether that the browser is there should be written down again: at most once a minute. */
    static boolean isSeenAgain(Instant now, Instant lastSeen) {
        return now.isAfter(lastSeen.plus(SEEN_AT_MOST_EVERY));
    }
}
