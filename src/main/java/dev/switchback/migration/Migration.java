package dev.switchback.migration;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;

/** One planned change to one service. What it says lives in its revisions; the head of the present one is copied here. */
@Entity
public class Migration {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String key;
    private String title;
    private String service;
    private String owner;
    private String state;
    private int revision;
    private boolean needsReview;
    private Instant createdAt;
    private String createdBy;
    private Instant changedAt;
    private String changedBy;
    private Instant archivedAt;
    private String archivedBy;

    protected Migration() {}

    public Migration(String key, Instant now, String by) {
        this.key = key;
        this.state = MigrationState.DRAFT.word();
        this.createdAt = now;
        this.createdBy = by;
    }

    /** The present revision is now this one. */
    public void nowAt(
            int number, String newTitle, String newService, String newOwner, boolean review, Instant now, String by) {
        this.revision = number;
        this.title = newTitle;
        this.service = newService;
        this.owner = newOwner;
        this.needsReview = review;
        this.changedAt = now;
        this.changedBy = by;
    }

    /** Takes a derived state over, unless a person has said the last word. */
    public void stands(MigrationState derived) {
        if (state() != MigrationState.DONE && state() != MigrationState.ABANDONED) {
            this.state = derived.word();
        }
    }

    public Long id() {
        return id;
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    public String service() {
        return service;
    }

    public String owner() {
        return owner;
    }

    public MigrationState state() {
        return MigrationState.of(state);
    }

    public int revision() {
        return revision;
    }

    public boolean needsReview() {
        return needsReview;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public String createdBy() {
        return createdBy;
    }

    public Instant changedAt() {
        return changedAt;
    }

    public String changedBy() {
        return changedBy;
    }

    /** Whether it was put away: it stays readable, and no list shows it unless it is asked to. */
    public boolean isArchived() {
        return archivedAt != null;
    }

    /** When it was put away, or null. */
    public Instant archivedAt() {
        return archivedAt;
    }

    /** Who put it away, or null. */
    public String archivedBy() {
        return archivedBy;
    }
}
