package dev.switchback.engine;

import dev.switchback.run.Run;
import dev.switchback.run.RunLedger;
import dev.switchback.run.RunStep;
import dev.switchback.run.Runs;
import dev.switchback.step.shell.Orphans;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks, when an instance starts, for processes of attempts that were settled without it, because another instance took
 * their run over: nobody waits for those any more. What a step that ended in order left running is left alone.
 */
@ApplicationScoped
class EndLeftovers {

    private static final Pattern MARK = Pattern.compile("run-(\\d+)-(\\d+)-(\\d+)-(\\d+)-(\\d+)");
    private static final Duration GRACE = Duration.ofSeconds(5);

    @Inject
    EntityManager entities;

    @Inject
    Runs runs;

    @Inject
    RunLedger ledger;

    /** Ends what is found, and says so in the history of its run. */
    void end(String instance) {
        for (String mark : Orphans.marks()) {
            Matcher parts = MARK.matcher(mark);
            if (parts.matches()) {
                end(mark, parts, instance);
            }
        }
    }

    private void end(String mark, Matcher parts, String instance) {
        Optional<Instant> began = QuarkusTransaction.requiringNew().call(() -> began(parts));
        if (began.isEmpty()) {
            return;
        }
        int ended = Orphans.end(mark, began.get(), GRACE);
        if (ended > 0) {
            String note = ended + (ended == 1 ? " process" : " processes") + " of attempt " + parts.group(5)
                    + " still ran on the machine of " + instance + " and " + (ended == 1 ? "was" : "were") + " ended";
            Log.warnf("run %s: %s", parts.group(1), note);
            QuarkusTransaction.requiringNew().run(() -> tell(parts, note));
        }
    }

    /** When the attempt began, if it is one of this database and contact with it was lost. */
    private Optional<Instant> began(Matcher parts) {
        return entities.createQuery(
                        "select lost.at, began.at, run.createdAt from RunEvent lost, RunEvent began, RunStep step, Run"
                                + " run where run.id = :run and step.run = run and step.legNo = :leg and step.position ="
                                + " :position and lost.key.runId = run.id and lost.action = 'lost' and lost.leg = step.leg"
                                + " and lost.stepId = step.stepId and lost.attempt = :attempt and began.key.runId = run.id"
                                + " and began.action = 'began' and began.leg = step.leg and began.stepId = step.stepId and"
                                + " began.attempt = :attempt order by began.key.no desc",
                        Object[].class)
                .setParameter("run", Long.parseLong(parts.group(1)))
                .setParameter("leg", Integer.parseInt(parts.group(3)))
                .setParameter("position", Integer.parseInt(parts.group(4)))
                .setParameter("attempt", Integer.parseInt(parts.group(5)))
                .getResultStream()
                .filter(row -> ((Instant) row[2]).toEpochMilli() == Long.parseLong(parts.group(2)))
                .map(row -> (Instant) row[1])
                .findFirst();
    }

    private void tell(Matcher parts, String note) {
        Run run = runs.requireLocked(Long.parseLong(parts.group(1)));
        Optional<RunStep> step = runs.steps(run, Integer.parseInt(parts.group(3))).stream()
                .filter(s -> s.position() == Integer.parseInt(parts.group(4)))
                .findFirst();
        ledger.note(run, step.orElse(null), "leftovers-ended", RunLedger.ENGINE, note);
    }
}
