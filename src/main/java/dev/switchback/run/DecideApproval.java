package dev.switchback.run;

import dev.switchback.access.Caller;
import dev.switchback.access.Right;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.web.Note;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What people say to a run before it starts, and to one that went ahead against a gate afterwards. Four eyes: never who
 * asked for it, never who wrote it. Each word is a row, written while the row of the run is held.
 */
@ApplicationScoped
public class DecideApproval {

    @Inject
    Runs runs;

    @Inject
    Approvals approvals;

    @Inject
    RunLedger ledger;

    @Inject
    Trail trail;

    @Inject
    ApprovalConfig config;

    @Inject
    RunConfig runConfig;

    @Inject
    InstantSource clock;

    /**
     * Says yes. The last yes that is needed makes the run due; the engine asks every gate again before it starts it. Said
     * twice, it is said once.
     *
     * @param hash the name of the content that was read; null for whatever the run pins
     * @throws dev.switchback.problem.ProblemException 403 not this person, or a token; 409 it does not wait for approvals,
     *     or what was read is not what would run
     */
    @Transactional
    public Run approve(long id, Caller caller, String reason, String hash) {
        Run run = toDecide(id, caller, "approve");
        requireOther(run, caller);
        Instant now = clock.instant();
        Optional<Approval> standing = approvals.standing(run, caller.name()).filter(Approval::isYes);
        boolean again = standing.filter(yes -> !yes.isExpired(now)).isPresent();
        if (again && run.state() != RunState.AWAITING_APPROVAL) {
            return runs.require(id);
        }
        if (!approvals.isWaiting(run)) {
            throw notNow(run, "approved");
        }
        requireRead(run, hash);
        if (!again) {
            standing.ifPresent(expired -> takeBack(expired, now));
            approvals.persistAndFlush(new Approval(run, caller.name(), true, text(reason), now, goodUntil(run, now)));
            ledger.note(run, null, "approval", caller.name(), reason);
            record(run, "approve", reason);
        }
        Assent assent = approvals.of(run);
        if (assent.isEnough() && run.state() == RunState.AWAITING_APPROVAL) {
            ledger.move(run, RunHappening.APPROVED, caller.name(), assent.given() + " of " + assent.needed());
            run.because(null);
        }
        return runs.require(id);
    }

    /** What was planned for later is approved for then: a yes does not run out before the run may begin. */
    private Instant goodUntil(Run run, Instant now) {
        return goodUntil(run.startAt(), now, config.expires(), runConfig.startTolerance());
    }

    static Instant goodUntil(Instant startAt, Instant now, Duration expires, Duration tolerance) {
        Instant usual = now.plus(expires);
        return Optional.ofNullable(startAt)
                .map(planned -> planned.plus(tolerance))
                .filter(usual::isBefore)
                .orElse(usual);
    }

    /** One word of a person stands at a time. */
    private void takeBack(Approval said, Instant now) {
        said.withdraw(now);
        approvals.flush();
    }

    /** Says no, and why: a run that has not begun ends. */
    @Transactional
    public Run reject(long id, Caller caller, String reason) {
        Run run = toDecide(id, caller, "reject");
        requireOther(run, caller);
        String why = Note.required("reason", reason, "why not, in a sentence");
        if (run.approvalsNeeded() == 0 || !run.isStillToBegin()) {
            throw notNow(run, "rejected");
        }
        Instant now = clock.instant();
        approvals.standing(run, caller.name()).ifPresent(yes -> takeBack(yes, now));
        approvals.persistAndFlush(new Approval(run, caller.name(), false, why, now, goodUntil(run, now)));
        ledger.move(run, RunHappening.REJECTED, caller.name(), why);
        run.because("Rejected by " + caller.name() + ": " + why);
        record(run, "reject", why);
        return runs.require(id);
    }

    /** Takes the own yes back; who asked for the run, or may run it, takes the whole request back. */
    @Transactional
    public Run withdraw(long id, Caller caller, String reason) {
        caller.requirePerson("withdraw");
        Run run = runs.requireLocked(id);
        Optional<Approval> own = approvals.standing(run, caller.name()).filter(Approval::isYes);
        if (own.isEmpty()) {
            caller.require(run.right(), run.where());
        }
        if (!run.isStillToBegin()) {
            throw Problem.conflict(
                            "Run " + id + " is " + run.state().word() + "; there is nothing to withdraw any more",
                            "a run that has not begun")
                    .toException();
        }
        if (own.isPresent()) {
            takeBack(own.get(), clock.instant());
            ledger.note(run, null, "approval-withdrawn", caller.name(), reason);
            if (run.state() == RunState.QUEUED && approvals.isWaiting(run)) {
                loses(run, caller.name(), caller.name() + " took their yes back");
            }
        } else if (run.state() != RunState.AWAITING_APPROVAL) {
            throw notNow(run, "withdrawn");
        } else {
            ledger.move(run, RunHappening.ABORT, caller.name(), reason);
            run.because("Withdrawn by " + caller.name() + (text(reason) == null ? "" : ": " + reason));
        }
        record(run, "withdraw", reason);
        return runs.require(id);
    }

    /** Closes the review of a run that went ahead against a gate: somebody else, with what they found. */
    @Transactional
    public Run review(long id, Caller caller, String note) {
        Run run = toDecide(id, caller, "review a broken glass");
        if (run.breakGlassReason() == null) {
            throw Problem.conflict("Run " + id + " went ahead against no gate", "a run that broke glass")
                    .toException();
        }
        if (run.requestedBy().equals(caller.name())) {
            throw Problem.forbidden(
                            "Who broke the glass does not review it", "an approver other than " + run.requestedBy())
                    .toException();
        }
        String found = Note.required("note", note, "what you found, in a sentence");
        if (run.reviewedBy() != null) {
            if (run.reviewedBy().equals(caller.name()) && found.equals(run.reviewNote())) {
                return runs.require(id);
            }
            throw Problem.conflict(
                            "Run " + id + " was reviewed by " + run.reviewedBy() + " already", "a run nobody reviewed")
                    .toException();
        }
        run.reviewedBy(caller.name(), found, clock.instant());
        ledger.note(run, null, "reviewed", caller.name(), found);
        record(run, "review", found);
        return runs.require(id);
    }

    private Run toDecide(long id, Caller caller, String what) {
        caller.requirePerson(what);
        Run run = runs.requireLocked(id);
        caller.require(Right.APPROVE, run.where());
        return run;
    }

    /** Why this person cannot approve this run; empty when they can. */
    static Optional<String> against(Run run, String person) {
        if (run.requestedBy().equals(person)) {
            return Optional.of("You asked for this run, so somebody else has to approve it");
        }
        if (run.revision().createdBy().equals(person)) {
            return Optional.of(
                    "You wrote revision " + run.revision().number() + ", so somebody else has to approve it");
        }
        return run.migration().owner().equals(person)
                ? Optional.of("You own this migration, so somebody else has to approve it")
                : Optional.empty();
    }

    private static void requireOther(Run run, Caller caller) {
        against(run, caller.name()).ifPresent(why -> {
            throw Problem.forbidden(why, "an approver who neither asked for it, nor wrote it, nor owns it")
                    .toException();
        });
    }

    /**
     * Looks once more, at the moment at which a run is to begin, whether enough people still say yes; when not, it waits for
     * them again. The caller holds the row of the run.
     *
     * @return whether it may begin
     */
    public boolean stillStands(Run run) {
        if (!approvals.isWaiting(run)) {
            return true;
        }
        String lost = approvals.of(run).rows().stream()
                .filter(row -> !row.counts())
                .map(Assent.Row::words)
                .collect(Collectors.joining("; "));
        loses(run, RunLedger.ENGINE, lost.isEmpty() ? "nobody said yes" : lost);
        return false;
    }

    private void loses(Run run, String by, String why) {
        ledger.move(run, RunHappening.APPROVAL_LOST, by, why);
        run.because("A yes is missing: " + why);
    }

    private static ProblemException notNow(Run run, String past) {
        return Problem.conflict(
                        "Run " + run.id() + " is " + run.state().word() + " and cannot be " + past + " now",
                        "a run that awaits approval")
                .toException();
    }

    private void requireRead(Run run, String hash) {
        if (hash != null && !hash.isBlank() && !hash.equals(run.revision().contentHash())) {
            throw Problem.conflict(
                            "What you read is not what run " + run.id() + " would do",
                            "the page of this run, freshly loaded")
                    .toException();
        }
        approvals.overtaken(run).ifPresent(why -> {
            throw Problem.conflict(
                            "Run " + run.id() + " cannot be approved any more: " + why,
                            "withdraw it, and ask for a run of what is there now")
                    .toException();
        });
    }

    private void record(Run run, String verb, String note) {
        trail.record(Entry.of("run." + verb, "run", run.id())
                .where(run.service(), run.environment().key())
                .to("revision " + run.revision().number() + ", "
                        + run.revision().contentHash().substring(0, 8))
                .note(text(note)));
    }

    private static String text(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }
}
