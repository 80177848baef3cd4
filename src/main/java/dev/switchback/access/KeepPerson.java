package dev.switchback.access;

import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Makes people and changes what is said of them. Nobody is ever deleted: who has left is deactivated. */
@ApplicationScoped
public class KeepPerson {

    @Inject
    LookAfterPeople lookAfter;

    @Inject
    KeepGrants grants;

    @Inject
    People people;

    @Inject
    Sessions sessions;

    @Inject
    CallerOfRequest caller;

    @Inject
    InstantSource clock;

    @Inject
    Trail trail;

    /**
     * What is to be said of a person. What is null stays as it is.
     *
     * @param displayName the name that pages show; at first the name
     * @param password what they sign in with; at first none, so that only an identity provider lets them in
     * @param active whether they are here; at first they are
     * @param localAdmin whether their password opens also while a provider is in charge; at first it does not
     * @param grants everything that was granted to them here; at first nothing
     */
    public record Wanted(String displayName, String password, Boolean active, Boolean localAdmin, Set<Grant> grants) {

        /** Nothing but this password. */
        public static Wanted password(String password) {
            return new Wanted(null, password, null, null, null);
        }

        /** Nothing but whether they are here. */
        public static Wanted active(boolean active) {
            return new Wanted(null, null, active, null, null);
        }

        /** Nothing but whether they are a local admin. */
        public static Wanted localAdmin(boolean localAdmin) {
            return new Wanted(null, null, null, localAdmin, null);
        }
    }

    /**
     * Makes somebody.
     *
     * @throws dev.switchback.problem.ProblemException 409 when a person or a team has or had the name, 422 for a password
     *     that is not taken
     */
    public Person make(String name, Wanted wanted) {
        return lookAfter.carryOut(() -> {
            lookAfter.requireFree(name);
            requireGood(name, wanted.password());
            String title = wanted.displayName() == null ? name : wanted.displayName();
            String hash = wanted.password() == null ? null : Passwords.hash(wanted.password());
            var person = new Person(name, title, hash, clock.instant());
            person.setActive(wanted.active() == null || wanted.active());
            person.madeBy(caller.name());
            people.persist(person);
            trail.record(Entry.of("person.create", "person", name).to(person.words()));
            localAdmin(person, wanted.localAdmin());
            if (wanted.grants() != null) {
                grants.keep(person, wanted.grants());
            }
            return person;
        });
    }

    /**
     * Changes somebody.
     *
     * @param seen looks at them, in turn, before anything is changed, and throws when it should not be
     * @throws dev.switchback.problem.ProblemException 404 when there is nobody, and what {@link LookAfterPeople} refuses
     */
    public Person change(String name, Consumer<Person> seen, Wanted wanted) {
        return lookAfter.carryOut(() -> {
            Person person = lookAfter.fresh(people.require(name));
            seen.accept(person);
            boolean changed = rename(person, wanted.displayName());
            changed |= password(person, wanted.password());
            changed |= grants(person, wanted.grants());
            changed |= localAdmin(person, wanted.localAdmin());
            changed |= activity(person, wanted.active());
            if (changed) {
                person.changed(clock.instant(), caller.name());
            }
            return person;
        });
    }

    private boolean rename(Person person, String title) {
        if (title == null || title.equals(person.displayName())) {
            return false;
        }
        String before = person.words();
        person.rename(title);
        trail.record(
                Entry.of("person.change", "person", person.name()).from(before).to(person.words()));
        return true;
    }

    private boolean password(Person person, String password) {
        if (password == null) {
            return false;
        }
        if (person.name().equals(caller.name()) && caller.get().means() == Caller.Means.BROWSER) {
            throw Problem.forbidden(
                            "Your own password is changed with the old one", "the form on the page of your account")
                    .toException();
        }
        requireGood(person.name(), password);
        person.changePassword(password);
        sessions.endAll(person.name(), "");
        trail.record(Entry.of("person.password", "person", person.name()));
        return true;
    }

    private boolean grants(Person person, Set<Grant> wanted) {
        return wanted != null && grants.keep(person, wanted);
    }

    private boolean localAdmin(Person person, Boolean wanted) {
        if (wanted == null || wanted == person.isLocalAdmin()) {
            return false;
        }
        person.setLocalAdmin(wanted);
        trail.record(Entry.of("person.local-admin", "person", person.name())
                .from(wanted ? "no" : "yes")
                .to(wanted ? "yes" : "no"));
        return true;
    }

    /** The database ends sessions and revokes tokens in the same moment. */
    private boolean activity(Person person, Boolean wanted) {
        if (wanted == null || wanted == person.isActive()) {
            return false;
        }
        person.setActive(wanted);
        trail.record(Entry.of(wanted ? "person.activate" : "person.deactivate", "person", person.name()));
        return true;
    }

    private static void requireGood(String name, String password) {
        if (password != null) {
            Passwords.refusal(name, password).ifPresent(why -> {
                throw Problem.content(List.of(
                                Violation.of("password", "This password is not taken", why.replaceAll("\\.$", ""))))
                        .toException();
            });
        }
    }
}
