package dev.switchback.access;

import dev.switchback.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The people that this Switchback knows. */
@ApplicationScoped
public class People implements PanacheRepository<Person> {

    /** The active person with this name. */
    public Optional<Person> active(String name) {
        return find("name = ?1 and active", name).firstResultOptional();
    }

    /** Whether one of these names is this person's, or that of a team they are in. */
    @Transactional
    public boolean isOneOf(String person, Collection<String> names) {
        return names.contains(person)
                || Boolean.TRUE.equals(getEntityManager()
                        .createNativeQuery("SELECT EXISTS (SELECT 1 FROM team_member m"
                                + " JOIN team t ON t.id = m.team_id AND t.active"
                                + " JOIN person p ON p.id = m.person_id WHERE p.name = :person AND t.name IN (:names))")
                        .setParameter("person", person)
                        .setParameter("names", names)
                        .getSingleResult());
    }

    /** The person with this name, also one who has left. */
    public Optional<Person> named(String name) {
        return find("name", name).firstResultOptional();
    }

    /** The people with these names, also those who have left, in one look. */
    public List<Person> named(Collection<String> names) {
        return names.isEmpty() ? List.of() : list("name in ?1 order by name", names);
    }

    /** The person with this name, also one who has left, or a 404 that says so. */
    public Person require(String name) {
        return named(name)
                .orElseThrow(() -> Problem.notFound(
                                "There is nobody called “" + name + "”", "the name of a person in the list")
                        .toException());
    }

    /** People in the order of their names, behind this one. */
    public List<Person> after(String name, int limit) {
        return find("name > ?1 order by name", name).page(0, limit).list();
    }

    /** What they were granted, themself or through a team. */
    @Transactional
    public Grants grantsOf(Person person) {
        return Grants.read((String) getEntityManager()
                .createNativeQuery("SELECT " + Grants.COLUMN + " FROM person p WHERE p.id = :id")
                .setParameter("id", person.id())
                .getSingleResult());
    }

    /** What each of these people may by now, in one statement; who is not active is absent. */
    @Transactional
    public Map<String, Grants> grantsOf(Collection<String> names) {
        if (names.isEmpty()) {
            return Map.of();
        }
        List<?> rows = getEntityManager()
                .createNativeQuery(
                        "SELECT p.name, " + Grants.COLUMN + " FROM person p WHERE p.active AND p.name IN (:names)")
                .setParameter("names", names)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .collect(Collectors.toMap(row -> (String) row[0], row -> Grants.read((String) row[1])));
    }

    /** Gives a person a role. Does nothing when they have it. */
    void grant(Person person, Grant grant, Instant now, String by) {
        getEntityManager()
                .createNativeQuery(
                        "INSERT INTO role_grant (person_id, role, service, environment, granted_at, granted_by)"
                                + " VALUES (:person, :role, :service, :environment, :now, :by) ON CONFLICT DO NOTHING")
                .setParameter("person", person.id())
                .setParameter("role", grant.role().word())
                .setParameter("service", grant.service())
                .setParameter("environment", grant.environment())
                .setParameter("now", now)
                .setParameter("by", by)
                .executeUpdate();
    }
}
