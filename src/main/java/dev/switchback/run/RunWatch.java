package dev.switchback.run;

import dev.switchback.step.Answer;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that is watched while a run is under way, with the latest answer. Changed only by who holds the row of the run
 * locked.
 */
@Entity
public class RunWatch {

    static final String UNASKED = "unasked";
    static final String HOLDS = "holds";
    static final String BROKEN = "broken";
    static final String COULD_NOT_ASK = "could-not-ask";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Run run;

    private int no;
    private String kind;
    private String name;
    private String stepId;
    private String state;
    private String detail;
    private String expected;
    private Instant since;
    private Instant heldAt;
    private boolean lost;
    private String acceptedBy;

    protected RunWatch() {}

    RunWatch(Run run, WatchPlan.Watch watch) {
        this.run = run;
        this.no = watch.no();
        this.kind = watch.kind();
        this.name = watch.name();
        this.stepId = watch.stepId();
        this.state = UNASKED;
    }

    /**
     * Takes an answer over.
     *
     * @param answer null when it was not asked; what nobody needs any more is then forgotten
     * @param place where it stands among the steps; that of a hold does not matter
     * @param askedAt when it was asked, or a little earlier
     * @return what happened thereby, as the word of an event; empty when nothing that anybody has to know
     */
    Optional<String> heard(Answer answer, NeedPlace place, Instant askedAt) {
        if (answer == null) {
            if (isForgotten(place)) {
                forget();
            }
            return Optional.empty();
        }
        boolean wasLost = lost;
        hears(answer, askedAt);
        lost = wouldBeLost(state, place, heldAt);
        return happened(wasLost);
    }

    private boolean isForgotten(NeedPlace place) {
        return !isHold() && place.isGone() && !state.equals(UNASKED);
    }

    /** A rehearsal goes there again: what was true on its first leg says nothing about the second. */
    private void forget() {
        state = UNASKED;
        detail = null;
        since = null;
        heldAt = null;
        lost = false;
        acceptedBy = null;
    }

    private void hears(Answer answer, Instant askedAt) {
        String next = word(answer);
        since = next.equals(state) ? since : askedAt;
        state = next;
        detail = answer.message();
        expected = answer.expected();
        if (next.equals(HOLDS)) {
            heldAt = askedAt;
            acceptedBy = null;
        }
    }

    /** Whether this answer changes anything but the words and the time of one that held before. */
    boolean isNews(Answer answer, NeedPlace place, Instant askedAt) {
        if (answer == null) {
            return isForgotten(place);
        }
        String next = word(answer);
        boolean holds = next.equals(HOLDS);
        return !next.equals(state)
                || !holds && !answer.message().equals(detail)
                || holds && !isHold() && !place.isSettled(heldAt) && place.isSettled(askedAt)
                || wouldBeLost(next, place, holds ? askedAt : heldAt) != lost;
    }

    private boolean wouldBeLost(String next, NeedPlace place, Instant held) {
        if (next.equals(HOLDS) || next.equals(UNASKED)) {
            return false;
        }
        return isHold() || lost && !place.isGone() || place.isInEffect() && place.isSettled(held);
    }

    /** Whether it held although every later step was in effect: then none of their undos brings it back. */
    boolean heldToTheEnd(NeedPlace place) {
        return state.equals(HOLDS) && place.isSettled(heldAt);
    }

    NeedPlace place(Map<String, NeedPlace> ofSteps) {
        return isHold() ? NeedPlace.NOWHERE : ofSteps.getOrDefault(stepId, NeedPlace.NOWHERE);
    }

    private Optional<String> happened(boolean wasLost) {
        if (wasLost == lost) {
            return Optional.empty();
        }
        if (isHold()) {
            return Optional.of(!lost ? "hold-again" : state.equals(BROKEN) ? "hold-broken" : "hold-not-asked");
        }
        return Optional.of(lost ? "way-back-lost" : "way-back-ready");
    }

    private static String word(Answer answer) {
        return switch (answer.state()) {
            case HOLDS -> HOLDS;
            case DOES_NOT_HOLD -> BROKEN;
            case COULD_NOT_ASK -> COULD_NOT_ASK;
        };
    }

    /** A person goes on although it is missing. */
    void accept(String by) {
        acceptedBy = by;
    }

    /** Whether it is missing and nobody has said yet that the run goes on without it. */
    public boolean isAgainst() {
        return lost && acceptedBy == null;
    }

    public boolean isHold() {
        return kind.equals(WatchPlan.HOLD);
    }

    /** "Hold broken: nothing else writes settings (was 3, expected 0)". */
    public String sentence() {
        String what = isHold() ? name : "step " + stepId + " needs " + name;
        String head = isHold() ? "Hold" : "Way back";
        return switch (state) {
            case HOLDS -> head + (isHold() ? " holds: " : " ready: ") + what;
            case BROKEN -> head + (isHold() ? " broken: " : " not ready: ") + what + " (" + detail + ")";
            case COULD_NOT_ASK -> head + " could not be asked: " + what + " (" + detail + ")";
            default -> head + " not asked yet: " + what;
        };
    }

    public Run run() {
        return run;
    }

    public int no() {
        return no;
    }

    public String kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    public String stepId() {
        return stepId;
    }

    /** {@code unasked}, {@code holds}, {@code broken} or {@code could-not-ask}. */
    public String state() {
        return state;
    }

    public String detail() {
        return detail;
    }

    public String expected() {
        return expected;
    }

    /** Since when it is so. */
    public Instant since() {
        return since;
    }

    /** Whether it is missing for sure: what the undo of a later step may bring back, or a step to come, is not. */
    public boolean isLost() {
        return lost;
    }

    /** Who went on against it; null when nobody did, or it held since. */
    public String acceptedBy() {
        return acceptedBy;
    }
}
