package dev.switchback.life;

import dev.switchback.access.Sight;
import dev.switchback.migration.Decision;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.LifeVerb;
import dev.switchback.migration.MeasurementsOfMigration;
import dev.switchback.migration.Migration;
import dev.switchback.migration.RunsOfMigration;
import dev.switchback.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Sees what can be decided about a migration now. Templates know it as {@code cdi:life}. */
@Named("life")
@ApplicationScoped
public class LookAtLife {

    @Inject
    RunsOfMigration runs;

    @Inject
    Sight sight;

    @Inject
    MeasurementsOfMigration measurements;

    @Inject
    Decisions decisions;

    /** As it stands at this moment. */
    Life of(Migration migration) {
        return new Life(
                migration.state(),
                migration.isArchived(),
                migration.needsReview(),
                runs.everRan(migration) || measurements.count(migration) > 0,
                runs.underWay(migration));
    }

    /** What can be decided now by the one who asks, in the order in which it is offered. */
    public List<LifeVerb> offers(Migration migration) {
        Life life = of(migration);
        return Arrays.stream(LifeVerb.values())
                .filter(life::allows)
                .filter(verb -> mayDecide(verb, migration))
                .toList();
    }

    private boolean mayDecide(LifeVerb verb, Migration migration) {
        return sight.caller()
                .filter(who -> who.may(verb.right(), migration.where()))
                .isPresent();
    }

    /** Lets only pass what can be decided now; else 409 with who decided before, or the run that is in the way. */
    void require(Migration migration, LifeVerb verb) {
        of(migration).refusal(verb).ifPresent(refusal -> {
            Problem problem = Problem.conflict(
                    migration.key() + " " + refusal.why() + before(migration, verb), refusal.expected());
            throw refusal.run()
                    .map(run -> problem.with("run", "/api/v1/runs/" + run))
                    .orElse(problem)
                    .toException();
        });
    }

    private String before(Migration migration, LifeVerb verb) {
        if (migration.isArchived()) {
            return " since " + Decisions.at(migration.archivedAt()) + " by " + migration.archivedBy();
        }
        Optional<Decision> last = switch (verb) {
            case DONE, ABANDON -> Optional.ofNullable(decisions.closing(migration));
            case REVIEW, REOPEN, UNARCHIVE -> decisions.latest(migration, verb);
            default -> Optional.empty();
        };
        return last.map(each -> "; " + each.decidedBy() + " said so at " + Decisions.at(each.decidedAt()))
                .orElse("");
    }
}
