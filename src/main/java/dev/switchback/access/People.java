package dev.switchback.access;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The people that this Switchback knows. */
@ApplicationScoped
public class People implements PanacheRepository<Person> {

    /** The active person with this name. */
    public Optional<Person> active(String name) {
        return find("name = ?1 and active", name).firstResultOptional();
    }
}
