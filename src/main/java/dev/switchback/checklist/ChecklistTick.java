package dev.switchback.checklist;

import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.Objects;
import org.hibernate.annotations.Immutable;

/** Somebody ticked an item off, or took the tick away; on which revision, with what to show for it. Never changes. */
@Entity
@Immutable
public class ChecklistTick {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Migration migration;

    private String itemId;
    private boolean done;
    private String note;
    private String evidence;
    private int revision;
    private String workHash;
    private String tickedBy;
    private Instant tickedAt;

    protected ChecklistTick() {}

    ChecklistTick(MigrationRevision present, String itemId, Said said, String by, Instant now) {
        this.migration = present.migration();
        this.itemId = itemId;
        this.done = said.done();
        this.note = said.note();
        this.evidence = said.evidence();
        this.revision = present.number();
        this.workHash = present.workHash();
        this.tickedBy = by;
        this.tickedAt = now;
    }

    /**
     * What somebody says about an item.
     *
     * @param note why, or what was seen; null when nothing
     * @param evidence what can be looked at; null when nothing
     */
    record Said(boolean done, String note, String evidence) {}

    public Long id() {
        return id;
    }

    public String itemId() {
        return itemId;
    }

    public boolean done() {
        return done;
    }

    public String note() {
        return note;
    }

    public String evidence() {
        return evidence;
    }

    public int revision() {
        return revision;
    }

    public String by() {
        return tickedBy;
    }

    public Instant at() {
        return tickedAt;
    }

    /** Whether it was said about the same work as this revision's; who answers for it does not matter. */
    boolean isAbout(MigrationRevision present) {
        return revision == present.number() || workHash != null && workHash.equals(present.workHash());
    }

    boolean says(Said said) {
        return done == said.done()
                && (!done || Objects.equals(note, said.note()) && Objects.equals(evidence, said.evidence()));
    }
}
