package dev.switchback.migration;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;

/**
 * A later text of a revision: the same content, other comments, order or spacing. The content of a revision never
 * changes; how its file is written may.
 */
@Entity
public class RevisionText {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private MigrationRevision revision;

    private String text;
    private Instant createdAt;
    private String createdBy;

    protected RevisionText() {}

    public RevisionText(MigrationRevision revision, String text, Instant now, String by) {
        this.revision = revision;
        this.text = text;
        this.createdAt = now;
        this.createdBy = by;
    }

    public String text() {
        return text;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public String createdBy() {
        return createdBy;
    }
}
