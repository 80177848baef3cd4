package dev.switchback.people;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.GivenGrant;
import dev.switchback.access.GivenGrants;
import dev.switchback.access.Grant;
import dev.switchback.access.Holder;
import dev.switchback.access.People;
import dev.switchback.access.Person;
import dev.switchback.access.Right;
import dev.switchback.access.Team;
import dev.switchback.access.Teams;
import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Puts together the page of a person or a team, as far as it is for the one who looks. */
@ApplicationScoped
class ShowHolder {

    private static final int AT_MOST = 50;

    @Inject
    People people;

    @Inject
    Teams teams;

    @Inject
    GivenGrants given;

    @Inject
    Places places;

    @Inject
    Environments environments;

    @Inject
    Migrations migrations;

    @Inject
    EntityManager entities;

    @Inject
    CallerOfRequest caller;

    boolean isAdmin() {
        return caller.get().isPerson() && caller.get().may(Right.ADMINISTER, Where.nowhere());
    }

    HolderPage person(Person person, Tried tried) {
        boolean oneself = caller.get().isPerson() && caller.name().equals(person.name());
        var reader = new HolderPage.Reader(isAdmin(), isAdmin() || oneself);
        List<GivenGrant> own = reader.sees() ? given.of(person) : List.of();
        List<GivenGrant> through = reader.sees() ? given.throughTeams(person) : List.of();
        List<Team> its = reader.sees() ? teams.of(person) : List.of();
        return new HolderPage(
                person,
                reader,
                held(reader, own, through),
                new HolderPage.Belongs(its, List.of(), owned(person)),
                choices(List.of()),
                tried);
    }

    HolderPage team(Team team, Tried tried) {
        var reader = new HolderPage.Reader(isAdmin(), isAdmin());
        List<GivenGrant> own = reader.sees() ? given.of(team) : List.of();
        List<Person> members = reader.sees() ? team.members() : List.of();
        return new HolderPage(
                team,
                reader,
                held(reader, own, List.of()),
                new HolderPage.Belongs(List.of(), members, owned(team)),
                choices(members),
                tried);
    }

    private HolderPage.Held held(HolderPage.Reader reader, List<GivenGrant> own, List<GivenGrant> through) {
        var all = new ArrayList<Grant>();
        own.forEach(each -> all.add(each.grant()));
        through.forEach(each -> all.add(each.grant()));
        List<PlaceRow> rows = reader.sees()
                ? places.with(all).stream()
                        .map(place -> PlaceRow.of(place, all))
                        .toList()
                : List.of();
        return new HolderPage.Held(own, through, rows);
    }

    private HolderPage.Choices choices(Collection<Person> but) {
        if (!isAdmin()) {
            return new HolderPage.Choices(
                    List.of(),
                    environments.byTier().stream().map(Environment::key).toList(),
                    List.of());
        }
        List<String> names = people.list("active order by name").stream()
                .filter(each -> !but.contains(each))
                .map(Person::name)
                .toList();
        return new HolderPage.Choices(
                migrations.services(),
                environments.byTier().stream().map(Environment::key).toList(),
                names);
    }

    /** What they would leave behind; only for who sees everything anyway. */
    private Owned owned(Holder holder) {
        if (!isAdmin()) {
            return Owned.NOTHING;
        }
        return new Owned(
                things(
                        "SELECT m.key, m.title FROM migration m WHERE m.owner = :name AND m.archived_at IS NULL"
                                + " ORDER BY m.key",
                        holder),
                things(
                        "SELECT CAST(r.id AS text), r.service || ', ' || r.state FROM run r WHERE r.requested_by ="
                                + " :name AND r.ended_at IS NULL ORDER BY r.id DESC",
                        holder));
    }

    @SuppressWarnings("unchecked")
    private List<Owned.Thing> things(String statement, Holder holder) {
        List<Object[]> rows = entities.createNativeQuery(statement)
                .setParameter("name", holder.name())
                .setMaxResults(AT_MOST)
                .getResultList();
        return rows.stream()
                .map(row -> new Owned.Thing((String) row[0], (String) row[1]))
                .toList();
    }
}
