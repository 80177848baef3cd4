package dev.switchback.run;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.io.Serializable;
import java.time.Instant;

/** One thing that happened to a run: who, when, what, why. Append-only, also for the application itself. */
@Entity
public class RunEvent {

    /** The run, and the number within it, from 1. */
    @Embeddable
    public record Key(long runId, int no) implements Serializable {}

    @EmbeddedId
    private Key key;

    private Instant at;
    private String actor;
    private String action;
    private String leg;
    private String stepId;
    private Integer attempt;
    private String fromState;
    private String toState;
    private String note;

    protected RunEvent() {}

    RunEvent(Run run, RunStep step, String action, String from, String to, String actor, String note, Instant at) {
        this.key = new Key(run.id(), run.nextEventNo());
        this.at = at;
        this.actor = actor;
        this.action = action;
        this.fromState = from;
        this.toState = to;
        this.note = note;
        if (step != null) {
            this.leg = step.leg().word();
            this.stepId = step.stepId();
            this.attempt = step.attempt();
        }
    }

    public int no() {
        return key.no();
    }

    public Instant at() {
        return at;
    }

    public String actor() {
        return actor;
    }

    public String action() {
        return action;
    }

    public String leg() {
        return leg;
    }

    public String stepId() {
        return stepId;
    }

    public Integer attempt() {
        return attempt;
    }

    public String fromState() {
        return fromState;
    }

    public String toState() {
        return toState;
    }

    public String note() {
        return note;
    }
}
