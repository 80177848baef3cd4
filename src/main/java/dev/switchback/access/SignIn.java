package dev.switchback.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Name and password against what is stored. */
@ApplicationScoped
public class SignIn {

    /** Costs the same time as a real comparison, so that the answer does not tell which names exist. */
    private static final String NOBODY = Passwords.hash(Passwords.generate());

    @Inject
    People people;

    /** The person with this name and password, or empty when either is wrong. */
    @Transactional
    public Optional<Person> check(String name, String password) {
        Optional<Person> person = people.active(name);
        if (person.isEmpty()) {
            Passwords.matches(password, NOBODY);
        }
        return person.filter(p -> p.hasPassword(password));
    }
}
