package dev.switchback.run;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;

/** What a person said to a run before it starts: yes or no, to exactly this revision. Taken back, it stays on the record. */
@Entity
public class Approval {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Run run;

    private String person;
    private String said;
    private String reason;
    private String revisionHash;
    private Instant at;
    private Instant expiresAt;
    private Instant withdrawnAt;

    protected Approval() {}

    Approval(Run run, String person, boolean yes, String reason, Instant now, Instant expiresAt) {
        this.run = run;
        this.person = person;
        this.said = yes ? "approved" : "rejected";
        this.reason = reason;
        this.revisionHash = run.revision().contentHash();
        this.at = now;
        this.expiresAt = expiresAt;
    }

    /** The person takes it back. */
    void withdraw(Instant now) {
        this.withdrawnAt = now;
    }

    public Run run() {
        return run;
    }

    public String person() {
        return person;
    }

    /** {@code approved} or {@code rejected}. */
    public String said() {
        return said;
    }

    public boolean isYes() {
        return said.equals("approved");
    }

    /** Why, or null. */
    public String reason() {
        return reason;
    }

    /** The name of the content that it was said to. */
    public String revisionHash() {
        return revisionHash;
    }

    public Instant at() {
        return at;
    }

    /** From then on it counts no more. */
    public Instant expiresAt() {
        return expiresAt;
    }

    boolean isExpired(Instant moment) {
        return !expiresAt.isAfter(moment);
    }

    /** When it was taken back; null while it stands. */
    public Instant withdrawnAt() {
        return withdrawnAt;
    }
}
