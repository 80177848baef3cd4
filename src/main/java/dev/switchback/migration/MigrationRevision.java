package dev.switchback.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;

/** The content of a migration at a moment. Never changes: runs, rehearsals and approvals point at it. */
@Entity
public class MigrationRevision {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Migration migration;

    private int number;
    private String content;
    private String contentHash;
    private String workHash;
    private String source;
    private Instant createdAt;
    private String createdBy;
    private String note;
    private Boolean needsReview;

    protected MigrationRevision() {}

    /**
     * A revision.
     *
     * @param hash the name of the content
     * @param workHash the name of what it says but who answers for it
     * @param source the text somebody wrote
     * @param note why, or null
     */
    public MigrationRevision(
            Migration migration,
            int number,
            ObjectNode content,
            String hash,
            String workHash,
            String source,
            String note,
            Instant now,
            String by) {
        this.migration = migration;
        this.number = number;
        this.content = Json.text(content);
        this.contentHash = hash;
        this.workHash = workHash;
        this.source = source;
        this.note = note;
        this.createdAt = now;
        this.createdBy = by;
    }

    public Long id() {
        return id;
    }

    public Migration migration() {
        return migration;
    }

    public int number() {
        return number;
    }

    /** The content, read anew: whoever asks may change what they get. */
    public ObjectNode content() {
        return Json.object(content);
    }

    /** The content as it is stored. */
    public String contentText() {
        return content;
    }

    public String contentHash() {
        return contentHash;
    }

    /**
     * The name of what it says but who answers for it: equal when nothing but the owner or the backup differs. Null for
     * a revision that an older version of Switchback made.
     */
    public String workHash() {
        return workHash;
    }

    /** The text somebody wrote first: comments and order included. {@link Migrations#text} is the latest. */
    public String source() {
        return source;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public String createdBy() {
        return createdBy;
    }

    /** Why it was made, or null. */
    public String note() {
        return note;
    }

    /** Whether somebody still had to read the migration when this was written. */
    public void unread(boolean unread) {
        this.needsReview = unread;
    }

    /** The same; where an older version wrote it, what its own content says. */
    boolean wasUnread() {
        return needsReview == null ? content().path("needsReview").asBoolean(false) : needsReview;
    }

    /** The strong validator of this revision. */
    public String etag() {
        return number + "-" + contentHash.substring(0, 16);
    }
}
