package dev.switchback.comparison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.measurement.Measurement;
import dev.switchback.migration.Migration;
import dev.switchback.platform.Json;
import dev.switchback.verdict.Verdict;
import dev.switchback.verdict.VerdictWord;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hibernate.annotations.Immutable;

/**
 * What a judge said of two sides, with all that he was told. Never edited: other input, or another method, is another
 * one.
 */
@Entity
@Immutable
@Table(name = "comparison")
public class KeptComparison {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Migration migration;

    @ManyToOne(fetch = FetchType.LAZY)
    private Environment environment;

    private Long runId;

    @Column(name = "before_id")
    private long beforeId;

    @Column(name = "after_id")
    private long afterId;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "before_id", insertable = false, updatable = false)
    private Measurement before;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "after_id", insertable = false, updatable = false)
    private Measurement after;

    private String method;
    private String inputHash;
    private String grade;
    private String verdict;
    private String sentence;
    private String result;
    private Instant createdAt;
    private String createdBy;

    protected KeptComparison() {}

    public Long id() {
        return id;
    }

    public Migration migration() {
        return migration;
    }

    public Environment environment() {
        return environment;
    }

    /** The run whose legs were compared, or null. */
    public Long run() {
        return runId;
    }

    /** The number of the newest measurement before. */
    public long before() {
        return beforeId;
    }

    /** The number of the newest measurement after. */
    public long after() {
        return afterId;
    }

    /** The version of the judge. */
    public String method() {
        return method;
    }

    /** The name of all that the judge was told. */
    public String inputHash() {
        return inputHash;
    }

    /** A to D. */
    public String grade() {
        return grade;
    }

    /** The word of the whole: improved, no-change, regressed, inconclusive, not-comparable or not-measured. */
    public String verdict() {
        return verdict;
    }

    /** The same as a word that people read. */
    public String word() {
        return VerdictWord.valueOf(verdict.toUpperCase(Locale.ROOT).replace('-', '_'))
                .words();
    }

    /** The headline and the sentence. */
    public String sentence() {
        return sentence;
    }

    /** All that the judge was told, samples by their hash. */
    public JudgeInput input() {
        return new JudgeInput((ObjectNode) stored().get("input"));
    }

    /** All that he said. */
    public Verdict said() {
        return VerdictJson.verdict(stored().get("verdict"));
    }

    private ObjectNode stored() {
        return Json.object(result);
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** The newest measurement of each side; to their services it belongs, wherever the migration has moved since. */
    List<Measurement> sides() {
        return List.of(before, after);
    }

    /** To what it belongs: the service that was measured, in its environment. */
    public Where where() {
        return before.where();
    }

    /** Who asked first. */
    public String createdBy() {
        return createdBy;
    }
}
