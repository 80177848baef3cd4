package dev.switchback.environment;

import dev.switchback.access.Where;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;

/** A registered place. Its content is what a file said; a run takes a copy of it. */
@Entity
public class Environment {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String key;
    private String name;
    private String tier;
    private String owner;
    private String content;
    private String contentHash;
    private String source;
    private int revision;
    private Instant createdAt;
    private String createdBy;
    private Instant changedAt;
    private String changedBy;

    protected Environment() {}

    Environment(String key, Instant now, String by) {
        this.key = key;
        this.createdAt = now;
        this.createdBy = by;
    }

    /** Takes new content over; the caller made sure that it differs. */
    void revise(EnvironmentContent said, String hash, String text, Instant now, String by) {
        this.name = said.name();
        this.tier = said.tier().word();
        this.owner = said.owner().orElse(null);
        this.content = dev.switchback.platform.Json.text(said.tree());
        this.contentHash = hash;
        this.source = text;
        this.revision++;
        this.changedAt = now;
        this.changedBy = by;
    }

    /** Other comments, order or spacing; the same content. */
    void rewrite(String text) {
        this.source = text;
    }

    public Long id() {
        return id;
    }

    /** To what it belongs: to itself. */
    public Where where() {
        return Where.environment(key);
    }

    public String key() {
        return key;
    }

    public String name() {
        return name;
    }

    public Tier tier() {
        return Tier.of(tier);
    }

    public String owner() {
        return owner;
    }

    public EnvironmentContent content() {
        return EnvironmentContent.of(content);
    }

    /** The content as it is stored, for the copy that a run takes. */
    public String storedContent() {
        return content;
    }

    public String contentHash() {
        return contentHash;
    }

    /** The text somebody wrote: comments and order included. */
    public String source() {
        return source;
    }

    public int revision() {
        return revision;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant changedAt() {
        return changedAt;
    }

    public String changedBy() {
        return changedBy;
    }

    /** The strong validator of the present content. */
    public String etag() {
        return revision + "-" + contentHash.substring(0, 16);
    }
}
