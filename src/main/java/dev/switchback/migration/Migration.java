package dev.switchback.migration;

import dev.switchback.access.Where;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;

/** One planned change to one service. What it says lives in its revisions; the head of the present one is copied here. */
@Entity
// Only what changed is written: a run that ends writes the state while somebody else writes the next revision.
@DynamicUpdate
public class Migration {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String key;
    private String title;
    private String service;
    private String owner;
    private String difficulty;
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
        if (!state().isLastWord()) {
            this.state = derived.word();
        }
    }

    /** A person says the last word: done or abandoned. */
    public void close(MigrationState lastWord) {
        this.state = lastWord.word();
    }

    /** Takes the last word back; what it is now is derived anew. */
    public void reopen() {
        this.state = MigrationState.DRAFT.word();
    }

    /** A person has read it. */
    public void reviewed() {
        this.needsReview = false;
    }

    /** Puts it away: it stays readable, and lists leave it out. */
    public void archive(Instant now, String by) {
        this.archivedAt = now;
        this.archivedBy = by;
    }

    /** Takes it out of the archive. */
    public void unarchive() {
        this.archivedAt = null;
        this.archivedBy = null;
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

    /** To what it belongs: to its service. */
    public Where where() {
        return Where.service(service);
    }

    public String service() {
        return service;
    }

    public String owner() {
        return owner;
    }

    /** beginner, intermediate, advanced, or null when it says none. */
    public String difficulty() {
        return difficulty;
    }

    /** How difficult the present revision says it is, or null. */
    public void isAsDifficultAs(String level) {
        this.difficulty = level;
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
