package dev.switchback.access;

import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes teams and changes what is said of them. None is ever deleted: it still owns what it owned. */
@ApplicationScoped
public class KeepTeam {

    @Inject
    LookAfterPeople lookAfter;

    @Inject
    KeepGrants grants;

    @Inject
    People people;

    @Inject
    Teams teams;

    @Inject
    CallerOfRequest caller;

    @Inject
    InstantSource clock;

    @Inject
    Trail trail;

    /**
     * What is to be said of a team. What is null stays as it is.
     *
     * @param displayName the name that pages show; at first the name
     * @param active whether it is there; at first it is
     * @param members the names of all its members; at first none
     * @param grants everything that was granted to it; at first nothing
     */
    public record Wanted(String displayName, Boolean active, List<String> members, Set<Grant> grants) {}

    /**
     * Makes a team.
     *
     * @throws dev.switchback.problem.ProblemException 409 when a person or a team has or had the name, 422 for members that
     *     nobody knows
     */
    public Team make(String name, Wanted wanted) {
        return lookAfter.carryOut(() -> {
            lookAfter.requireFree(name);
            String title = wanted.displayName() == null ? name : wanted.displayName();
            var team = new Team(name, title, clock.instant(), caller.name());
            team.setActive(wanted.active() == null || wanted.active());
            teams.persist(team);
            trail.record(Entry.of("team.create", "team", name).to(team.words()));
            members(team, wanted.members());
            if (wanted.grants() != null) {
                grants.keep(team, wanted.grants());
            }
            return team;
        });
    }

    /**
     * Changes a team.
     *
     * @param seen looks at it, in turn, before anything is changed, and throws when it should not be
     */
    public Team change(String name, Consumer<Team> seen, Wanted wanted) {
        return lookAfter.carryOut(() -> {
            Team team = lookAfter.fresh(teams.require(name));
            seen.accept(team);
            boolean changed = rename(team, wanted.displayName());
            changed |= members(team, wanted.members());
            changed |= wanted.grants() != null && grants.keep(team, wanted.grants());
            changed |= activity(team, wanted.active());
            if (changed) {
                team.changed(clock.instant(), caller.name());
            }
            return team;
        });
    }

    /** Takes one more in. @return whether they were no member before */
    public boolean take(String name, String person) {
        return one(name, team -> join(team, people.named(person).orElseThrow(() -> unknown("person", person))));
    }

    /** Lets one go. @return whether they were a member before */
    public boolean remove(String name, String person) {
        return one(name, team -> leave(team, people.require(person)));
    }

    private boolean one(String name, Function<Team, Boolean> change) {
        return lookAfter.carryOut(() -> {
            Team team = lookAfter.fresh(teams.require(name));
            boolean changed = change.apply(team);
            if (changed) {
                team.changed(clock.instant(), caller.name());
            }
            return changed;
        });
    }

    private boolean rename(Team team, String title) {
        if (title == null || title.equals(team.displayName())) {
            return false;
        }
        String before = team.words();
        team.rename(title);
        trail.record(Entry.of("team.change", "team", team.name()).from(before).to(team.words()));
        return true;
    }

    private boolean activity(Team team, Boolean wanted) {
        if (wanted == null || wanted == team.isActive()) {
            return false;
        }
        team.setActive(wanted);
        trail.record(Entry.of(wanted ? "team.activate" : "team.deactivate", "team", team.name()));
        return true;
    }

    private boolean members(Team team, List<String> wanted) {
        if (wanted == null) {
            return false;
        }
        List<Person> known = people.named(wanted);
        Set<String> names = known.stream().map(Person::name).collect(Collectors.toSet());
        var strangers = new ArrayList<Violation>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!names.contains(wanted.get(i))) {
                strangers.add(violation("members[" + i + "]", wanted.get(i)));
            }
        }
        if (!strangers.isEmpty()) {
            throw Problem.content(strangers).toException();
        }
        boolean changed = false;
        for (Person member : team.members()) {
            changed |= !names.contains(member.name()) && leave(team, member);
        }
        for (Person person : known) {
            changed |= join(team, person);
        }
        return changed;
    }

    private boolean join(Team team, Person person) {
        if (!team.add(person)) {
            return false;
        }
        trail.record(Entry.of("team.join", "team", team.name()).to(person.name()));
        return true;
    }

    private boolean leave(Team team, Person person) {
        if (!team.remove(person)) {
            return false;
        }
        trail.record(Entry.of("team.leave", "team", team.name()).from(person.name()));
        return true;
    }

    private static RuntimeException unknown(String field, String name) {
        return Problem.content(List.of(violation(field, name))).toException();
    }

    private static Violation violation(String field, String name) {
        return Violation.of(field, "There is nobody called “" + name + "”", "the name of a person");
    }
}
