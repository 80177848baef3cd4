package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.platform.Json;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.Immutable;

/**
 * One sitting: metrics of one revision, measured in one environment at one moment. It pins a copy of the environment.
 * After it was made, only {@link MeasurementLedger} changes it, and nothing changes what is over.
 */
@Entity
@Immutable
public class Measurement {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Migration migration;

    @ManyToOne(fetch = FetchType.LAZY)
    private MigrationRevision revision;

    @ManyToOne(fetch = FetchType.LAZY)
    private Environment environment;

    private String environmentContent;
    private String service;
    private String moment;
    private Long runId;
    private Integer legNo;
    private String leg;
    private String amount;
    private String state;
    private String message;
    private String expected;
    private String requestedBy;
    private String stoppedBy;
    private String progress;
    private Instant likelyEndAt;
    private String parameters;
    private String instance;
    private Instant createdAt;
    private Instant startedAt;
    private Instant endedAt;
    private Long extendsId;
    private Long besideId;
    private String load;

    protected Measurement() {}

    /**
     * What is measured, and why.
     *
     * @param environmentContent the copy, as it is stored
     * @param run the run it belongs to; null for one that somebody asked for
     * @param legNo the leg of the run; null without a run
     * @param leg forward, back or again; null without a run
     * @param amount full, quick, thorough or imported
     * @param parameters every parameter, seed, version and host
     * @param extendsId the comparison to one side of which these blocks are added; null for none
     * @param besideId the measurement of the state before with which this one takes turns; null for none
     */
    record About(
            Migration migration,
            MigrationRevision revision,
            Environment environment,
            String environmentContent,
            String service,
            Moment moment,
            Long run,
            Integer legNo,
            String leg,
            String amount,
            String requestedBy,
            ObjectNode parameters,
            Long extendsId,
            Long besideId) {

        About(
                Migration migration,
                MigrationRevision revision,
                Environment environment,
                String environmentContent,
                String service,
                Moment moment,
                Long run,
                Integer legNo,
                String leg,
                String amount,
                String requestedBy,
                ObjectNode parameters) {
            this(
                    migration,
                    revision,
                    environment,
                    environmentContent,
                    service,
                    moment,
                    run,
                    legNo,
                    leg,
                    amount,
                    requestedBy,
                    parameters,
                    null,
                    null);
        }

        /** Blocks that are added to a comparison. */
        About extending(long comparison) {
            return new About(
                    migration,
                    revision,
                    environment,
                    environmentContent,
                    service,
                    moment,
                    run,
                    legNo,
                    leg,
                    amount,
                    requestedBy,
                    parameters,
                    comparison,
                    besideId);
        }

        /** The state after, that takes turns with this measurement of the state before. */
        About beside(long before, ObjectNode parametersOfThis) {
            return new About(
                    migration,
                    revision,
                    environment,
                    environmentContent,
                    service,
                    Moment.AFTER,
                    run,
                    legNo,
                    leg,
                    amount,
                    requestedBy,
                    parametersOfThis,
                    extendsId,
                    before);
        }
    }

    private Measurement(About about, Instant now) {
        this.migration = about.migration();
        this.revision = about.revision();
        this.environment = about.environment();
        this.environmentContent = about.environmentContent();
        this.service = about.service();
        this.moment = about.moment().word();
        this.runId = about.run();
        this.legNo = about.legNo();
        this.leg = about.leg();
        this.amount = about.amount();
        this.requestedBy = about.requestedBy();
        this.parameters = Json.text(about.parameters());
        this.extendsId = about.extendsId();
        this.besideId = about.besideId();
        this.createdAt = now;
    }

    /** One that begins now and is driven from here. */
    static Measurement beginning(About about, Instant now) {
        var made = new Measurement(about, now);
        made.state = MeasurementState.RUNNING.word();
        return made;
    }

    /** One that never began. */
    static Measurement ended(About about, MeasurementState state, String message, String expected, Instant now) {
        var made = new Measurement(about, now);
        made.state = state.word();
        made.message = message;
        made.expected = expected;
        made.endedAt = now;
        return made;
    }

    /** One that another tool took, from this moment to that. */
    static Measurement imported(About about, Instant from, Instant to, Instant now) {
        var made = new Measurement(about, now);
        made.state = MeasurementState.COMPLETE.word();
        made.startedAt = from;
        made.endedAt = to;
        return made;
    }

    public Long id() {
        return id;
    }

    public Migration migration() {
        return migration;
    }

    public MigrationRevision revision() {
        return revision;
    }

    public Environment environment() {
        return environment;
    }

    /** The environment as it was when this was measured; secrets are references. */
    public EnvironmentContent pinnedEnvironment() {
        return EnvironmentContent.of(environmentContent);
    }

    /** What it takes to measure there. */
    public Right right() {
        return MeasureNow.right(environment);
    }

    /** To what it belongs: its service in its environment. */
    public Where where() {
        return Where.of(service, environment.key());
    }

    public String service() {
        return service;
    }

    public Moment moment() {
        return Moment.of(moment).orElseThrow();
    }

    /** The run it belongs to, or null. */
    public Long run() {
        return runId;
    }

    /** The leg of its run, from 1, or null. */
    public Integer legNo() {
        return legNo;
    }

    /** forward, back or again, or null without a run. */
    public String leg() {
        return leg;
    }

    /** full, quick, thorough or imported. */
    public String amount() {
        return amount;
    }

    /** The step of its run that measured; empty when the run measured a leg, or there is no run. */
    public Optional<String> step() {
        return Optional.ofNullable(parameters().path("step").textValue());
    }

    /** The comparison to one side of which these blocks are added, or null. */
    public Long extendsComparison() {
        return extendsId;
    }

    /** The measurement of the state before with which this one took turns, or null. */
    public Long beside() {
        return besideId;
    }

    /** How the version was reached that took turns with the one before; empty when there was none. */
    public String besideWords() {
        return parameters().get("beside") instanceof ObjectNode kept ? Beside.words(kept) : "";
    }

    /** What the service had to do besides: {@code {name, share, before, after, trouble}} each; empty when nothing tells. */
    public List<JsonNode> load() {
        var all = new ArrayList<JsonNode>();
        if (load != null) {
            Json.object(load).path("load").forEach(all::add);
        }
        return all;
    }

    public boolean isImported() {
        return amount.equals("imported");
    }

    public MeasurementState state() {
        return MeasurementState.of(state);
    }

    /** Why it ended as it did, or null. */
    public String message() {
        return message;
    }

    /** What would have been right, or null. */
    public String expected() {
        return expected;
    }

    public String requestedBy() {
        return requestedBy;
    }

    /** Who ended it, or null. */
    public String stoppedBy() {
        return stoppedBy;
    }

    /** What it is at just now; empty when it is over. */
    public Optional<ObjectNode> progress() {
        return Optional.ofNullable(progress).map(Json::object);
    }

    /** When it is likely to be over, or null. */
    public Instant likelyEndAt() {
        return likelyEndAt;
    }

    /** Every parameter, seed, version and host. */
    public ObjectNode parameters() {
        return Json.object(parameters);
    }

    /** Who carries it out, or did; null for imported samples. */
    public String instance() {
        return instance == null ? null : instance.split(" ", 2)[0];
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Instant endedAt() {
        return endedAt;
    }
}
