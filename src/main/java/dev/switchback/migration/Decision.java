package dev.switchback.migration;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** Somebody decided something about a migration: what, why, when, at which revision. Never changes. */
@Entity
@Immutable
@Table(name = "migration_decision")
public class Decision {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Migration migration;

    private String kind;
    private int revision;
    private String note;
    private String fromOwner;
    private String toOwner;
    private String copyKey;
    private String decidedBy;
    private Instant decidedAt;

    protected Decision() {}

    /**
     * A decision about the migration as it is now.
     *
     * @param note why, or null
     */
    public Decision(Migration migration, LifeVerb kind, String note, String by, Instant now) {
        this.migration = migration;
        this.kind = kind.word();
        this.revision = migration.revision();
        this.note = note;
        this.decidedBy = by;
        this.decidedAt = now;
    }

    /** From whom to whom it went. */
    public Decision between(String from, String to) {
        this.fromOwner = from;
        this.toOwner = to;
        return this;
    }

    /** The key of the copy that was made. */
    public Decision madeCopy(String key) {
        this.copyKey = key;
        return this;
    }

    public Long id() {
        return id;
    }

    public LifeVerb kind() {
        return LifeVerb.of(kind).orElseThrow();
    }

    /** At which revision. */
    public int revision() {
        return revision;
    }

    /** Why, or null. */
    public String note() {
        return note;
    }

    /** Who had it before it was handed over, else null. */
    public String fromOwner() {
        return fromOwner;
    }

    /** Who got it, else null. */
    public String toOwner() {
        return toOwner;
    }

    /** The key of the copy, else null. */
    public String copyKey() {
        return copyKey;
    }

    public String decidedBy() {
        return decidedBy;
    }

    public Instant decidedAt() {
        return decidedAt;
    }

    /** What was decided, in words: {@code Handed over from A to B}. */
    public String sentence() {
        return switch (kind()) {
            case HAND_OVER -> "Handed over from " + fromOwner + " to " + toOwner;
            case DUPLICATE -> "Duplicated as " + copyKey;
            default -> kind().past();
        };
    }
}
