package dev.switchback.run;

import dev.switchback.access.Caller;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.DynamicUpdate;

/**
 * One execution of one revision in one environment. It pins the revision and a copy of the environment. Its state
 * changes only through {@link RunLedger}, which writes the event along with it.
 */
@Entity
// Only what changed is written: the log writer counts lines in the same row without loading it.
@DynamicUpdate
public class Run {

    private static final String MEASURES = "Measures ";

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
    private String purpose;
    private String finish;
    private String measure;
    private String state;
    private String direction;
    private int legNo;
    private boolean rollingBack;
    private String reason;
    private String breakGlassReason;
    private String executor;
    private String brokenGates;
    private int approvalsNeeded;
    private String reviewedBy;
    private Instant reviewedAt;
    private String reviewNote;

    @ManyToOne(fetch = FetchType.LAZY)
    private Run undoesRun;

    private String requestedBy;
    private Long requestedToken;
    private String startedBy;
    private Long startedToken;
    private Integer askedAtRevision;
    private String wanted;
    private String wantedBy;
    private String wantedReason;

    @Column(updatable = false)
    private String instance;

    @Column(updatable = false)
    private long fence;

    @Column(updatable = false)
    private Instant leaseUntil;

    private Instant createdAt;
    private Instant startAt;
    private Instant startedAt;
    private Instant endedAt;
    private int lastEventNo;

    @Column(updatable = false)
    private long lastLineNo;

    protected Run() {}

    Run(Order order, Instant now) {
        this.migration = order.revision().migration();
        this.revision = order.revision();
        this.environment = order.environment();
        this.environmentContent = order.environmentContent();
        this.service = order.service();
        this.purpose = order.purpose().word();
        this.finish = order.finish();
        this.measure = order.measure();
        this.state = RunState.QUEUED.word();
        this.direction = order.purpose() == Purpose.ROLLBACK ? Leg.BACK.word() : Leg.FORWARD.word();
        this.legNo = 1;
        this.rollingBack = order.purpose() == Purpose.ROLLBACK;
        this.breakGlassReason = order.breakGlassReason();
        this.undoesRun = order.undoes();
        this.requestedBy = order.by();
        this.requestedToken = order.token();
        this.createdAt = now;
        this.startAt = order.startAt();
    }

    /** What is asked for when a run is made; already checked. */
    record Order(
            MigrationRevision revision,
            Environment environment,
            String environmentContent,
            String service,
            Purpose purpose,
            String finish,
            String measure,
            String breakGlassReason,
            Run undoes,
            String by,
            Long token,
            Instant startAt) {}

    void setState(RunState next, Instant now) {
        this.state = next.word();
        if (startedAt == null && (next == RunState.RUNNING || next == RunState.ROLLING_BACK)) {
            startedAt = now;
        }
        if (next == RunState.ROLLING_BACK) {
            rollingBack = true;
        }
        if (next.isFinal()) {
            endedAt = now;
            wanted = null;
        }
    }

    int nextEventNo() {
        return ++lastEventNo;
    }

    /** Why it stands where it stands, one sentence; null while all is well. */
    public void because(String sentence) {
        this.reason = sentence;
    }

    /** It measures, between two steps, for minutes. */
    public void measures(String when) {
        this.reason = MEASURES + when;
    }

    /** When it measures, while it does: "before the first step". */
    public Optional<String> measuring() {
        return state() == RunState.RUNNING && reason != null && reason.startsWith(MEASURES)
                ? Optional.of(reason.substring(MEASURES.length()))
                : Optional.empty();
    }

    /** Somebody starts it at this moment instead of the planned one, and answers for that; they did not ask for it. */
    void startsAt(Instant moment, Caller caller) {
        this.startAt = moment;
        this.startedBy = caller.name();
        this.startedToken = caller.tokenId().orElse(null);
    }

    /** Whether it has not begun, and still may. */
    public boolean isStillToBegin() {
        return startedAt == null && !state().isFinal();
    }

    /** From when on what was said to it, and what the world says of it, is history; empty while it is still to begin. */
    Optional<Instant> settledAt() {
        return Optional.ofNullable(startedAt == null ? endedAt : startedAt);
    }

    /** Whether it waits for a person because it could not begin when it was to. */
    public boolean asksToStart() {
        return startedAt == null && state() == RunState.WAITING;
    }

    /** From here on this leg is walked, in this direction. */
    public void turns(Leg leg, int number) {
        this.direction = leg == Leg.BACK ? Leg.BACK.word() : Leg.FORWARD.word();
        this.legNo = number;
    }

    /** Notes what a person asked of the driver. */
    public void wants(Wanted what, String by, String why) {
        this.wanted = what.word();
        this.wantedBy = by;
        this.wantedReason = why;
    }

    /** The driver obeyed. */
    public void wantSettled() {
        this.wanted = null;
        this.wantedBy = null;
        this.wantedReason = null;
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

    /** The environment as it was when the run was made. */
    public EnvironmentContent pinnedEnvironment() {
        return EnvironmentContent.of(environmentContent);
    }

    /** The same, as it is stored. */
    public String pinnedEnvironmentText() {
        return environmentContent;
    }

    /** What it takes to decide about it: a rehearsal, also the way back of one, is less than anything else. */
    public Right right() {
        Purpose what = undoesRun == null ? purpose() : undoesRun.purpose();
        // The tier of now: what became production since is production.
        return what == Purpose.REHEARSAL && !environment.tier().isProduction() ? Right.REHEARSE : Right.OPERATE;
    }

    /** To what it belongs: its service in its environment. */
    public Where where() {
        return Where.of(service, environment.key());
    }

    public String service() {
        return service;
    }

    public Purpose purpose() {
        return Purpose.of(purpose).orElseThrow();
    }

    /** {@code applied} or {@code restored}: how a rehearsal leaves the environment. */
    public String finish() {
        return finish;
    }

    public String measure() {
        return measure;
    }

    public RunState state() {
        return RunState.of(state);
    }

    public boolean isGoingBack() {
        return direction.equals(Leg.BACK.word());
    }

    /** Whether it was called back: when everything is undone it is over. */
    public boolean isRollingBack() {
        return rollingBack;
    }

    /** The present leg: there, back, or there again. */
    public Leg leg() {
        return isGoingBack() ? Leg.BACK : legNo == 1 ? Leg.FORWARD : Leg.AGAIN;
    }

    public int legNo() {
        return legNo;
    }

    public String reason() {
        return reason;
    }

    public String breakGlassReason() {
        return breakGlassReason;
    }

    /** Before it starts, so many people have to say yes; with none it is due at once. */
    void needsApprovals(int people) {
        this.approvalsNeeded = people;
        this.state = (people > 0 ? RunState.AWAITING_APPROVAL : RunState.QUEUED).word();
    }

    /** Somebody looked at why it went ahead against a gate. */
    void reviewedBy(String person, String note, Instant now) {
        this.reviewedBy = person;
        this.reviewNote = note;
        this.reviewedAt = now;
    }

    /** Who reviewed that it went ahead against a gate; null while nobody did. */
    public String reviewedBy() {
        return reviewedBy;
    }

    public Instant reviewedAt() {
        return reviewedAt;
    }

    public String reviewNote() {
        return reviewNote;
    }

    /** Whether it went ahead against a gate, and nobody looked at that yet. */
    public boolean waitsForReview() {
        return breakGlassReason != null && reviewedBy == null;
    }

    /** How many people have to say yes before it starts; 0 when nobody has to. */
    public int approvalsNeeded() {
        return approvalsNeeded;
    }

    /** Somebody answers for going ahead against these gates. */
    void breaks(List<String> gates) {
        this.brokenGates = gates.isEmpty() ? null : String.join(",", gates);
    }

    /** The keys of the gates against which it goes ahead. */
    public List<String> brokenGates() {
        return brokenGates == null ? List.of() : List.of(brokenGates.split(","));
    }

    /** The version of Switchback that carries it out. */
    void executedBy(String version) {
        this.executor = version;
    }

    /** The same; empty for a run that an older version made. */
    public Optional<String> executor() {
        return Optional.ofNullable(executor);
    }

    /** The run that this one takes back, for purpose rollback. */
    public Optional<Run> undoes() {
        return Optional.ofNullable(undoesRun);
    }

    public String requestedBy() {
        return requestedBy;
    }

    /** The number of the token with which it was asked for; empty when the person did. */
    Optional<Long> requestedToken() {
        return Optional.ofNullable(requestedToken);
    }

    /** Who started it when it could not start at the planned moment; null when nobody had to. */
    public String startedBy() {
        return startedBy;
    }

    /** The number of the token with which that was done; empty when the person did. */
    Optional<Long> startedToken() {
        return Optional.ofNullable(startedToken);
    }

    /** It was asked for while this was the present revision. */
    void askedAt(MigrationRevision present) {
        this.askedAtRevision = present.number();
    }

    /** The number of the revision that was present when it was asked for; empty for a run that an older version made. */
    Optional<Integer> askedAtRevision() {
        return Optional.ofNullable(askedAtRevision);
    }

    public Optional<Wanted> wanted() {
        return Optional.ofNullable(wanted).map(Wanted::of);
    }

    public String wantedBy() {
        return wantedBy;
    }

    public String wantedReason() {
        return wantedReason;
    }

    public String instance() {
        return instance;
    }

    public long fence() {
        return fence;
    }

    public Instant leaseUntil() {
        return leaseUntil;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant startAt() {
        return startAt;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Instant endedAt() {
        return endedAt;
    }

    public int lastEventNo() {
        return lastEventNo;
    }

    public long lastLineNo() {
        return lastLineNo;
    }
}
