package dev.switchback.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepKind;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;

/** A step of a run on one leg, with what is known of its latest attempt. Earlier attempts stand in the events and the log. */
@Entity
public class RunStep {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Run run;

    private int legNo;
    private String leg;
    private int position;
    private String stepId;
    private String title;
    private String phase;
    private String kind;
    private String state;
    private int attempt;
    private int retriesLeft;
    private Instant notBefore;
    private Instant startedAt;
    private Instant endedAt;
    private Integer exitStatus;
    private String message;
    private String expected;
    private String warning;
    private boolean retrySafe;
    private String confirmedBy;
    private String evidence;
    private String logAsks;
    private Instant logAskedAt;
    private Long logMay;
    private String logStoppedBy;

    protected RunStep() {}

    RunStep(
            Run run,
            int legNo,
            Leg leg,
            int position,
            String stepId,
            String title,
            String phase,
            StepKind kind,
            int retries) {
        this.run = run;
        this.legNo = legNo;
        this.leg = leg.word();
        this.position = position;
        this.stepId = stepId;
        this.title = title;
        this.phase = phase;
        this.kind = kind.word();
        this.state = StepState.PENDING.word();
        this.retriesLeft = retries;
    }

    /** What a new one is, under the names of its columns; whose run it is stands elsewhere. */
    void writeTo(ObjectNode row) {
        row.put("leg_no", legNo).put("leg", leg).put("position", position).put("step_id", stepId);
        row.put("title", title).put("phase", phase).put("kind", kind).put("state", state);
        row.put("retries_left", retriesLeft);
    }

    void setState(StepState next, Instant now) {
        if (next == StepState.RUNNING) {
            attempt++;
            startedAt = now;
            endedAt = null;
            exitStatus = null;
            message = null;
            expected = null;
            warning = null;
            logMay = null;
            logStoppedBy = null;
            printsOn();
        } else if (next == StepState.WAITING) {
            startedAt = startedAt == null ? now : startedAt;
        } else if (next != StepState.PENDING && next != StepState.ROLLED_BACK) {
            endedAt = now;
        }
        if (next != StepState.RUNNING) {
            printsOn();
        }
        state = next.word();
    }

    /** Its output waits until a person has answered, or there is room. */
    void asksToPrint(OutputPauses.Why why, long allowed, String sentence, Instant now) {
        logAsks = why.word();
        logAskedAt = now;
        logMay = allowed;
        message = sentence;
        expected = "a person who lets it print more, or stops it";
    }

    /** Whether its output waits for a person's word. */
    public boolean asksToPrint() {
        return logAsks != null && state() == StepState.RUNNING;
    }

    /** Whether it waits because of the disk, and not because of its limit. */
    boolean asksForDisk() {
        return "disk".equals(logAsks);
    }

    /** The question is settled. */
    void printsOn() {
        if (logAsks != null) {
            logAsks = null;
            logAskedAt = null;
            message = null;
            expected = null;
        }
    }

    /** A person lets it print more. */
    void mayPrintMore() {
        logMay = (logMay == null ? 0 : logMay) + 1;
        printsOn();
    }

    /** A person wants it to end instead of printing more. */
    void stopPrinting(String by) {
        logStoppedBy = by;
        printsOn();
    }

    /** Takes over what the attempt had to say. */
    public void said(Outcome outcome, boolean safeToRetry) {
        message = outcome.message();
        expected = outcome.expected().isEmpty() ? null : outcome.expected();
        exitStatus = outcome.exitStatus().orElse(null);
        warning = outcome.warning().orElse(null);
        retrySafe = safeToRetry;
    }

    /** What to show instead of an outcome: a question, a person's word, a lost contact. */
    public void says(String sentence, String expectation, boolean safeToRetry) {
        message = sentence;
        expected = expectation;
        retrySafe = safeToRetry;
    }

    /** Uses one automatic retry. */
    public void retriesAt(Instant when) {
        retriesLeft--;
        notBefore = when;
    }

    /** A person knows that there is no way back behind this step. */
    public void confirm(String by) {
        confirmedBy = by;
    }

    void keepEvidence(String text) {
        evidence = text;
    }

    public Long id() {
        return id;
    }

    public Run run() {
        return run;
    }

    public int legNo() {
        return legNo;
    }

    public Leg leg() {
        return Leg.of(leg);
    }

    public int position() {
        return position;
    }

    public String stepId() {
        return stepId;
    }

    public String title() {
        return title;
    }

    public String phase() {
        return phase;
    }

    public StepKind kind() {
        return StepKind.of(kind).orElseThrow();
    }

    public StepState state() {
        return StepState.of(state);
    }

    public int attempt() {
        return attempt;
    }

    public int retriesLeft() {
        return retriesLeft;
    }

    public Instant notBefore() {
        return notBefore;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Instant endedAt() {
        return endedAt;
    }

    public Integer exitStatus() {
        return exitStatus;
    }

    public String message() {
        return message;
    }

    public String expected() {
        return expected;
    }

    public String warning() {
        return warning;
    }

    public boolean retrySafe() {
        return retrySafe;
    }

    public String confirmedBy() {
        return confirmedBy;
    }

    public String evidence() {
        return evidence;
    }
}
