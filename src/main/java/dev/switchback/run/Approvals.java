package dev.switchback.run;

import dev.switchback.migration.Migration;
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
    Runs runs;

    @Inject
    InstantSource clock;

    /** Everything that was said to a run, and what of it counts now. */
    public Assent of(Run run) {
        return assent(run, find("run = ?1 order by id", run).list());
    }

    /** The same of several; those that need nobody's yes are absent. */
    public Map<Long, Assent> ofEach(Collection<Run> all) {
        List<Run> asked = all.stream().filter(run -> run.approvalsNeeded() > 0).toList();
        if (asked.isEmpty()) {
            return Map.of();
        }
        Map<Long, List<Approval>> said = find("run in ?1 order by id", asked).stream()
                .collect(Collectors.groupingBy(each -> each.run().id()));
        return asked.stream()
                .collect(Collectors.toMap(Run::id, run -> assent(run, said.getOrDefault(run.id(), List.of()))));
    }

    private Assent assent(Run run, List<Approval> said) {
        return Assent.of(
                run,
                said,
                migrations.present(run.migration()),
                run.environment().content(),
                clock.instant());
    }

    /** Why nobody can say yes to it any more; empty when they can. */
    Optional<String> overtaken(Run run) {
        return Assent.overtaken(
                run, migrations.present(run.migration()), run.environment().content());
    }

    /** What this person said and did not take back. */
    Optional<Approval> standing(Run run, String person) {
        return find("run = ?1 and person = ?2 and withdrawnAt is null", run, person)
                .firstResultOptional();
    }

    /** The newest run of a migration that waits for people, if the one who asks may see it. */
    public Optional<Run> waiting(Migration migration) {
        return runs.underWay(migration).stream()
                .filter(run -> run.state() == RunState.AWAITING_APPROVAL)
                .findFirst()
                .flatMap(run -> runs.seen(run.id()));
    }
}
