package dev.switchback.access;

import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The person behind what a provider said. Issuer and subject decide, never the name or the address of mail: whoever may
 * choose their name at the provider must not become somebody who is here already.
 */
@ApplicationScoped
public class SignInWithProvider {

    /** How it went. @param refusal why nobody is signed in, as sentences; empty when somebody is */
    public record Outcome(Optional<Person> person, String refusal) {
        private static Outcome refused(String why) {
            return new Outcome(Optional.empty(), why);
        }
    }

    private static final int TITLE_AT_MOST = 100;
    private static final String NAME = "[a-z0-9][a-z0-9._@-]{0,99}";

    @Inject
    OidcConfig config;

    @Inject
    People people;

    @Inject
    LookAfterPeople lookAfter;

    @Inject
    EntityManager database;

    @Inject
    Trail trail;

    @Inject
    InstantSource clock;

    private volatile Map<String, Set<Grant>> grantsOfGroups = Map.of();

    /** What is written wrongly in the configuration stops the start, not a sign-in. */
    void read(@Observes StartupEvent start) {
        grantsOfGroups = config.roles().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> GrantsOfGroup.read(each.getValue())));
    }

    /**
     * Finds or makes the person, and gives them the roles of their groups. One after the other, and never while an admin
     * changes people: who comes twice at once is one person, and who is just being deactivated is not given roles.
     */
    @Transactional
    Outcome person(JsonWebToken said) {
        lookAfter.takeTurn();
        Optional<Long> known = known(said.getIssuer(), said.getSubject());
        if (known.isEmpty()) {
            return first(said);
        }
        Person person = people.findById(known.get());
        if (!person.isActive()) {
            return Outcome.refused("Your account here is deactivated. An admin of Switchback can activate it.");
        }
        grant(person, said);
        return new Outcome(Optional.of(person), "");
    }

    private Optional<Long> known(String issuer, String subject) {
        List<?> ids = database.createNativeQuery(
                        "SELECT person_id FROM person_provider WHERE issuer = :issuer AND subject = :subject")
                .setParameter("issuer", issuer)
                .setParameter("subject", subject)
                .getResultList();
        return ids.stream().findFirst().map(id -> ((Number) id).longValue());
    }

    private Outcome first(JsonWebToken said) {
        if (!config.makePeople()) {
            return Outcome.refused("You are known to the provider, but nobody has made an account for you here.");
        }
        String name = name(said);
        if (!name.matches(NAME)) {
            return Outcome.refused("The name that the provider has for you cannot be the name of an account here.");
        }
        if (isTaken(name)) {
            return Outcome.refused("There is an account “" + name + "” here already, and it is not known to be yours. "
                    + "An admin of Switchback can help.");
        }
        var now = clock.instant();
        Object title = said.getClaim("name");
        var person = new Person(name, title(title, name), null, now);
        people.persistAndFlush(person);
        database.createNativeQuery("INSERT INTO person_provider (issuer, subject, person_id, linked_at)"
                        + " VALUES (:issuer, :subject, :person, :now)")
                .setParameter("issuer", said.getIssuer())
                .setParameter("subject", said.getSubject())
                .setParameter("person", person.id())
                .setParameter("now", now)
                .executeUpdate();
        trail.record(Entry.of("person.create", "person", name)
                .by(name, "browser")
                .note("came with the provider " + said.getIssuer()));
        grant(person, said);
        return new Outcome(Optional.of(person), "");
    }

    /** In small letters, like all names here: “Admin” must not stand beside “admin”. Empty when nothing is said. */
    private String name(JsonWebToken said) {
        Object claim = said.getClaim(config.nameClaim());
        return claim == null ? "" : text(claim).toLowerCase(Locale.ROOT);
    }

    /** Teams have names of the same kind, and no name is ever given twice. */
    private boolean isTaken(String name) {
        return !database.createNativeQuery("SELECT 1 FROM holder_name WHERE name = :name")
                .setParameter("name", name)
                .getResultList()
                .isEmpty();
    }

    /** What pages show of them: one line, not longer than a line. */
    static String title(Object said, String name) {
        String line = said == null
                ? ""
                : said.toString().replaceAll("[\\p{C}\\p{Z}]+", " ").strip();
        int signs = Math.min(line.codePointCount(0, line.length()), TITLE_AT_MOST);
        return line.isEmpty() ? name : line.substring(0, line.offsetByCodePoints(0, signs));
    }

    /** The roles from the provider, as of now: those of a group that was left are gone. */
    private void grant(Person person, JsonWebToken said) {
        Set<Grant> grants = groups(said).stream()
                .flatMap(group -> grantsOfGroups.getOrDefault(group, Set.of()).stream())
                .collect(Collectors.toSet());
        String before = words(people.grantsOf(person).all());
        database.createNativeQuery("DELETE FROM role_grant WHERE person_id = :person AND source = 'provider'")
                .setParameter("person", person.id())
                .executeUpdate();
        grants.forEach(grant -> database.createNativeQuery(
                        "INSERT INTO role_grant (person_id, role, service, environment, source, granted_at, granted_by)"
                                + " VALUES (:person, :role, :service, :environment, 'provider', :now, 'provider')")
                .setParameter("person", person.id())
                .setParameter("role", grant.role().word())
                .setParameter("service", grant.service())
                .setParameter("environment", grant.environment())
                .setParameter("now", clock.instant())
                .executeUpdate());
        String after = words(people.grantsOf(person).all());
        if (!after.equals(before)) {
            trail.record(Entry.of("grant.provider", "person", person.name())
                    .by(person.name(), "browser")
                    .from(before)
                    .to(after));
        }
    }

    private static String words(Set<Grant> grants) {
        return grants.stream().map(Grant::words).sorted().collect(Collectors.joining(", "));
    }

    private Set<String> groups(JsonWebToken said) {
        Object claim = said.getClaim(config.groupsClaim());
        var groups = new TreeSet<String>();
        if (claim instanceof Collection<?> all) {
            all.forEach(each -> groups.add(text(each)));
        } else if (claim != null) {
            groups.add(text(claim));
        }
        return groups;
    }

    private static String text(Object value) {
        return value instanceof jakarta.json.JsonString string ? string.getString() : value.toString();
    }
}
