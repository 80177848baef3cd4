package dev.switchback.access;

import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives and takes roles. Each is an entry of the trail. */
@ApplicationScoped
public class KeepGrants {

    private static final int AT_MOST = 200;

    @Inject
    LookAfterPeople lookAfter;

    @Inject
    GivenGrants given;

    @Inject
    CallerOfRequest caller;

    @Inject
    InstantSource clock;

    @Inject
    Trail trail;

    /**
     * Gives one role; does nothing when they have it.
     *
     * @return whether it was given
     */
    public boolean give(Holder holder, Grant grant) {
        return lookAfter.carryOut(() -> {
            lookAfter.fresh(holder);
            List<GivenGrant> present = local(holder);
            if (present.stream().anyMatch(each -> each.grant().equals(grant))) {
                return false;
            }
            if (present.size() >= AT_MOST) {
                throw Problem.content(holder.name() + " has " + AT_MOST + " grants already", "grants that cover more")
                        .toException();
            }
            add(holder, grant);
            holder.changed(clock.instant(), caller.name());
            return true;
        });
    }

    /**
     * Takes one role.
     *
     * @param id the number of the grant
     * @return what was taken
     * @throws dev.switchback.problem.ProblemException 404 unless it is theirs; 409 when the identity provider gave it
     */
    public Grant take(Holder holder, long id) {
        return lookAfter.carryOut(() -> {
            lookAfter.fresh(holder);
            GivenGrant found = given.findByIdOptional(id)
                    .filter(each -> each.isOf(holder))
                    .orElseThrow(() -> Problem.notFound(holder.name() + " has no grant " + id, "one of theirs")
                            .toException());
            if (!found.isLocal()) {
                throw Problem.conflict("This role comes from the identity provider", "taking it away there")
                        .toException();
            }
            remove(holder, found);
            holder.changed(clock.instant(), caller.name());
            return found.grant();
        });
    }

    /** Makes these the grants that were given here, and no others. @return whether that changed anything */
    boolean keep(Holder holder, Set<Grant> wanted) {
        List<GivenGrant> present = local(holder);
        Collection<GivenGrant> over =
                present.stream().filter(each -> !wanted.contains(each.grant())).toList();
        Set<Grant> had = present.stream().map(GivenGrant::grant).collect(Collectors.toSet());
        Collection<Grant> missing =
                wanted.stream().filter(each -> !had.contains(each)).toList();
        over.forEach(each -> remove(holder, each));
        missing.forEach(each -> add(holder, each));
        return !over.isEmpty() || !missing.isEmpty();
    }

    private List<GivenGrant> local(Holder holder) {
        return given.of(holder).stream().filter(GivenGrant::isLocal).toList();
    }

    private void add(Holder holder, Grant grant) {
        given.persist(new GivenGrant(holder, grant, clock.instant(), caller.name()));
        trail.record(Entry.of("grant.give", holder.kind(), holder.name()).to(grant.words()));
    }

    private void remove(Holder holder, GivenGrant grant) {
        given.delete(grant);
        trail.record(Entry.of("grant.take", holder.kind(), holder.name())
                .from(grant.grant().words()));
    }
}
