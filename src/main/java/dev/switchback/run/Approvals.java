package dev.switchback.run;

import dev.switchback.access.Grants;
import dev.switchback.access.People;
import dev.switchback.access.Right;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people said to runs before they start. Needs a transaction. */
@ApplicationScoped
public class Approvals implements PanacheRepository<Approval> {

    @Inject
    Migrations migrations;

    @Inject
    People people;

    @Inject
    Runs runs;

    @Inject
    InstantSource clock;

    /** Everything that was said to a run, and what of it counts: now while it is still to begin, or as it did then. */
    public Assent of(Run run) {
        return assents(List.of(run)).get(run.id());
    }

    /** The same of several, in one statement, and two more for those still to begin; those that need nobody's yes are absent. */
    public Map<Long, Assent> ofEach(Collection<Run> all) {
        List<Run> asked = all.stream().filter(run -> run.approvalsNeeded() > 0).toList();
        return asked.isEmpty() ? Map.of() : assents(asked);
    }

    private Map<Long, Assent> assents(Collection<Run> asked) {
        Map<Long, List<Approval>> said = find("run in ?1 order by id", asked).stream()
                .collect(Collectors.groupingBy(each -> each.run().id()));
        Map<String, Grants> grants = people.grantsOf(asked.stream()
                .filter(Run::isStillToBegin)
                .flatMap(run -> said.getOrDefault(run.id(), List.of()).stream())
                .map(Approval::person)
                .collect(Collectors.toSet()));
        Map<Long, MigrationRevision> present = migrations.presentOfEach(asked.stream()
                .filter(run -> run.settledAt().isEmpty())
                .map(Run::migration)
                .collect(Collectors.toSet()));
        return asked.stream()
                .collect(Collectors.toMap(
                        Run::id,
                        run -> assent(
                                run,
                                said.getOrDefault(run.id(), List.of()),
                                grants,
                                present.get(run.migration().id()))));
    }

    private Assent assent(Run run, List<Approval> said, Map<String, Grants> grants, MigrationRevision present) {
        return run.settledAt()
                .map(then -> Assent.asOf(run, said, then))
                .orElseGet(() -> Assent.today(
                        run,
                        said,
                        new Assent.Today(
                                present,
                                run.environment().content(),
                                person ->
                                        grants.getOrDefault(person, Grants.NONE).may(Right.APPROVE, run.where()),
                                clock.instant())));
    }

    /** Why nobody can say yes to it any more; empty when they can. */
    Optional<String> overtaken(Run run) {
        return Assent.overtaken(
                run, migrations.present(run.migration()), run.environment().content());
    }

    /** Whether it is still to begin, and lacks somebody's yes. */
    boolean isWaiting(Run run) {
        return run.state() == RunState.AWAITING_APPROVAL
                || run.approvalsNeeded() > 0 && run.isStillToBegin() && !of(run).isEnough();
    }

    /** What this person said and did not take back. */
    Optional<Approval> standing(Run run, String person) {
        return find("run = ?1 and person = ?2 and withdrawnAt is null", run, person)
                .firstResultOptional();
    }

    /** The newest run of a migration that waits for people, if the one who asks may see it. */
    public Optional<Run> waiting(Migration migration) {
        return runs.underWay(migration).stream()
                .filter(this::isWaiting)
                .findFirst()
                .flatMap(run -> runs.seen(run.id()));
    }
}
