package dev.switchback.environment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;

/** What an environment said at a moment. Never changes. */
@Entity
public class EnvironmentRevision {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Environment environment;

    private int number;
    private String content;
    private String contentHash;
    private Instant createdAt;
    private String createdBy;
    private String note;

    protected EnvironmentRevision() {}

    /** What the environment says now. */
    EnvironmentRevision(Environment environment, String note) {
        this.environment = environment;
        this.number = environment.revision();
        this.content = Json.text(environment.content().tree());
        this.contentHash = environment.contentHash();
        this.createdAt = environment.changedAt();
        this.createdBy = environment.changedBy();
        this.note = note;
    }

    public int number() {
        return number;
    }

    public ObjectNode content() {
        return Json.object(content);
    }

    public String contentHash() {
        return contentHash;
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
}
