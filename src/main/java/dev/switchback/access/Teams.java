package dev.switchback.access;

import dev.switchback.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The teams that this Switchback knows. */
@ApplicationScoped
public class Teams implements PanacheRepository<Team> {

    /** The team with this name, also one that is no more. */
    public Optional<Team> named(String name) {
        return find("name", name).firstResultOptional();
    }

    /** The same, or a 404 that says so. */
    public Team require(String name) {
        return named(name)
                .orElseThrow(() -> Problem.notFound("There is no team “" + name + "”", "the name of a team in the list")
                        .toException());
    }

    /** Teams in the order of their names, behind this one. */
    public List<Team> after(String name, int limit) {
        return find("name > ?1 order by name", name).page(0, limit).list();
    }

    /** The teams that this person belongs to, by name. */
    public List<Team> of(Person person) {
        return find("select t from Team t join t.members m where m = ?1 order by t.name", person)
                .list();
    }
}
