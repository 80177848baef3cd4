package dev.switchback.access;

import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.problem.Problem;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Sign-ins with a password although a provider is in charge: told in the log, kept in the trail, and shown to every admin
 * until one of them says what it was about. Templates know it as {@code cdi:breakGlass}.
 */
@Named("breakGlass")
@ApplicationScoped
public class BreakGlassSignIns {

    /** What an alert can look for in the log. */
    private static final String MARK = "SWITCHBACK-BREAK-GLASS-SIGN-IN";

    private static final int NOTE_AT_MOST = 2000;

    /** One that nobody has looked at yet. @param id its number */
    public record Unseen(long id, String person, Instant at, String address) {}

    @Inject
    CallerOfRequest caller;

    @Inject
    EntityManager database;

    @Inject
    Trail trail;

    @Inject
    InstantSource clock;

    /** Writes down that this person signed in with a password. */
    @Transactional
    void signedIn(Person person, Visit visit) {
        database.createNativeQuery("INSERT INTO break_glass_sign_in (person_id, signed_in_at, address)"
                        + " VALUES (:person, :now, :address)")
                .setParameter("person", person.id())
                .setParameter("now", clock.instant())
                .setParameter("address", visit.address())
                .executeUpdate();
        trail.record(Entry.of("signin.break-glass", "person", person.name()).by(person.name(), "browser"));
        Log.warnf("%s: %s signed in with a password from %s", MARK, person.name(), visit.address());
    }

    /** For admins what nobody has looked at yet, the oldest first; for all others nothing. */
    @Transactional
    public List<Unseen> unseen() {
        boolean told = caller.find()
                .filter(who -> who.may(Right.ADMINISTER, Where.nowhere()))
                .isPresent();
        return told ? all() : List.of();
    }

    private List<Unseen> all() {
        List<?> rows = database.createNativeQuery(
                        "SELECT b.id, p.name, b.signed_in_at, b.address FROM break_glass_sign_in b JOIN person p ON"
                                + " p.id = b.person_id WHERE b.acknowledged_at IS NULL ORDER BY b.id LIMIT 20")
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row ->
                        new Unseen(((Number) row[0]).longValue(), (String) row[1], (Instant) row[2], (String) row[3]))
                .toList();
    }

    /**
     * An admin says what it was about; from then on it is shown no more.
     *
     * @throws dev.switchback.problem.ProblemException 403 for others, 422 without a note, 404 when somebody was faster
     */
    @Transactional
    void acknowledge(long id, String note) {
        caller.get().requirePerson("acknowledge a sign-in");
        caller.get().require(Right.ADMINISTER, Where.nowhere());
        if (note.isBlank() || note.length() > NOTE_AT_MOST) {
            throw Problem.content("It is not said what the sign-in was about", "a note of 1 to 2,000 characters")
                    .toException();
        }
        int done = database.createNativeQuery("UPDATE break_glass_sign_in SET acknowledged_at = :now,"
                        + " acknowledged_by = :by, note = :note WHERE id = :id AND acknowledged_at IS NULL")
                .setParameter("now", clock.instant())
                .setParameter("by", caller.name())
                .setParameter("note", note.strip())
                .setParameter("id", id)
                .executeUpdate();
        if (done == 0) {
            throw Problem.notFound("There is no such sign-in to look at", "one that nobody has acknowledged yet")
                    .toException();
        }
        trail.record(Entry.of("signin.acknowledge", "sign-in", id).note(note.strip()));
    }
}
