package dev.switchback.measurement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.sampling.MetricPlan;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.Immutable;

/** One metric of a measurement: what was asked, how it went, and the figures that lists and pages show. */
@Entity
@Immutable
@Table(name = "measurement_metric")
public class MeasuredMetric {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Measurement measurement;

    private int position;
    private String name;
    private String source;

    @Column(name = "class")
    private String metricClass;

    private String spec;
    private String specHash;
    private Instant declaredAt;
    private String state;
    private String message;
    private String expected;
    private String unit;
    private int n;
    private int failed;
    private int late;
    private int blocks;
    private Double p50;
    private Double p95;
    private Double p99;
    private Double hitRatio;
    private Double dbCalls;
    private Instant startedAt;
    private Instant endedAt;
    private String facts;

    protected MeasuredMetric() {}

    private MeasuredMetric(
            Measurement measurement, int position, MetricPlan plan, Instant declaredAt, MeasurementState state) {
        this.measurement = measurement;
        this.position = position;
        this.name = plan.name();
        this.source = plan.source().key();
        this.metricClass = plan.metricClass().key();
        this.unit = unit(plan);
        this.spec = Json.text(plan.spec());
        this.specHash = SpecHash.of(plan);
        this.declaredAt = declaredAt;
        this.state = state.word();
    }

    private static String unit(MetricPlan plan) {
        return switch (plan.source()) {
            case HTTP -> "ms";
            case STATEMENTS -> "calls";
            default -> null;
        };
    }

    /** One that is going to be measured. */
    static MeasuredMetric pending(Measurement measurement, int position, MetricPlan plan, Instant declaredAt) {
        return new MeasuredMetric(measurement, position, plan, declaredAt, MeasurementState.PENDING);
    }

    /** One that another tool measured. */
    static MeasuredMetric imported(
            Measurement measurement, MetricPlan plan, Instant declaredAt, Figures figures, ObjectNode facts) {
        var made = new MeasuredMetric(measurement, 0, plan, declaredAt, MeasurementState.COMPLETE);
        made.source = "import";
        made.n = figures.n();
        made.failed = figures.failed();
        made.late = figures.late();
        made.blocks = figures.blocks();
        made.p50 = figures.p50();
        made.p95 = figures.p95();
        made.p99 = figures.p99();
        made.hitRatio = figures.hitRatio();
        made.dbCalls = figures.dbCalls();
        made.startedAt = measurement.startedAt();
        made.endedAt = measurement.endedAt();
        made.facts = Json.text(facts);
        return made;
    }

    public Long id() {
        return id;
    }

    public Measurement measurement() {
        return measurement;
    }

    public int position() {
        return position;
    }

    public String name() {
        return name;
    }

    /** http, prometheus, sql, shell, statements or import. */
    public String source() {
        return source;
    }

    /** warm, cold or any. */
    public String metricClass() {
        return metricClass;
    }

    /** The metric as it was declared, with its defaults filled in. */
    public ObjectNode spec() {
        return Json.object(spec);
    }

    /** The name of how it is measured: equal when the same was asked in the same way. */
    public String specHash() {
        return specHash;
    }

    /** Since when it is declared so. */
    public Instant declaredAt() {
        return declaredAt;
    }

    public MeasurementState state() {
        return MeasurementState.of(state);
    }

    public String message() {
        return message;
    }

    public String expected() {
        return expected;
    }

    /** ms, calls, or null when nobody knows. */
    public String unit() {
        return unit;
    }

    /** How many were kept, the failed ones among them; those of the warm-up are not. */
    public int n() {
        return n;
    }

    public int failed() {
        return failed;
    }

    /** How many were sent late by our own fault. */
    public int late() {
        return late;
    }

    public int blocks() {
        return blocks;
    }

    public Double p50() {
        return p50;
    }

    public Double p95() {
        return p95;
    }

    public Double p99() {
        return p99;
    }

    /** Hits among those whose cache state is known, 0 to 1; null when none is. */
    public Double hitRatio() {
        return hitRatio;
    }

    /** Database calls a request, on average; null when nobody counted. */
    public Double dbCalls() {
        return dbCalls;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Instant endedAt() {
        return endedAt;
    }

    /** What was noticed besides the samples; empty before it is over. */
    public Optional<ObjectNode> facts() {
        return Optional.ofNullable(facts).map(Json::object);
    }
}
