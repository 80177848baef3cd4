package dev.switchback.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The administrator {@code admin}, made at the very first start. */
@ApplicationScoped
public class FirstPerson {

    /** The name of the administrator. */
    public static final String NAME = "admin";

    @Inject
    People people;

    @Inject
    InstantSource clock;

    /**
     * Makes {@code admin} unless there is one.
     *
     * @param wanted the password from {@code SWITCHBACK_ADMIN_PASSWORD}, if set; otherwise one is generated
     * @return what to tell who started the server
     */
    @Transactional
    public FirstSignIn ensure(Optional<String> wanted) {
        // Two instances may start at once on an empty database: one of them makes the person, the other waits and sees
        // it.
        people.getEntityManager()
                .createNativeQuery("SELECT pg_advisory_xact_lock(7101)")
                .getSingleResult();
        if (people.count() > 0) {
            return wanted.isPresent() ? FirstSignIn.IGNORED : FirstSignIn.KEPT;
        }
        String password = wanted.orElseGet(Passwords::generate);
        var now = clock.instant();
        Person first = new Person(NAME, NAME, Passwords.hash(password), now);
        first.setLocalAdmin(true);
        people.persist(first);
        Grants.EVERYTHING.all().forEach(grant -> people.grant(first, grant, now, "switchback"));
        return wanted.isPresent() ? FirstSignIn.TAKEN : FirstSignIn.generated(password);
    }

    /**
     * Makes another person beside the first one, unless they are there: who plays the second pair of eyes in a demo.
     *
     * @param password what they sign in with
     * @param roles what they may, everywhere
     */
    @Transactional
    public void also(String name, String title, String password, List<Role> roles) {
        people.getEntityManager()
                .createNativeQuery("SELECT pg_advisory_xact_lock(7101)")
                .getSingleResult();
        if (people.named(name).isPresent()) {
            return;
        }
        var now = clock.instant();
        Person person = new Person(name, title, Passwords.hash(password), now);
        people.persist(person);
        roles.forEach(role -> people.grant(person, new Grant(role, null, null), now, "switchback"));
    }

    /** One line about the login, for the block that is printed at the start. */
    public record FirstSignIn(String line) {
        private static final FirstSignIn KEPT =
                new FirstSignIn(NAME + ", password as before (./switchback reset-password makes a new one)");
        private static final FirstSignIn IGNORED = new FirstSignIn(NAME
                + ", password as before; SWITCHBACK_ADMIN_PASSWORD is only read at the first start and was ignored");
        private static final FirstSignIn TAKEN = new FirstSignIn(NAME + ", password from SWITCHBACK_ADMIN_PASSWORD");

        private static FirstSignIn generated(String password) {
            return new FirstSignIn(NAME + ", password " + password + " (shown only this once)");
        }
    }
}
