package dev.switchback.access;

import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.Supplier;

/**
 * What holds for every change of people, teams and grants: an admin does it, one after the other across all instances;
 * nobody changes what they themself may do, or how they get in, unless there is no other admin; and somebody who looks
 * after people and can sign in is always left, also when the provider is away. Thread-safe.
 */
@ApplicationScoped
public class LookAfterPeople {

    private static final int LOCK = 7103;

    /** Active, and admin without limits, through a grant that no identity provider can take away. */
    private static final String ADMINS = "SELECT count(*) FROM person p WHERE p.active AND EXISTS"
            + " (SELECT FROM role_grant g LEFT JOIN team t ON t.id = g.team_id"
            + " WHERE g.role = 'admin' AND g.service IS NULL AND g.environment IS NULL AND (g.person_id = p.id"
            + " OR t.active AND EXISTS (SELECT FROM team_member m WHERE m.team_id = t.id AND m.person_id = p.id))";

    private static final String ALL_ADMINS = ADMINS + ")";
    private static final String LASTING_ADMINS = ADMINS + " AND g.source = 'local') AND (p.password_hash IS NOT NULL"
            + " OR EXISTS (SELECT FROM person_provider i WHERE i.person_id = p.id))";
    private static final String LOCAL_ADMINS =
            ADMINS + " AND g.source = 'local') AND p.local_admin AND p.password_hash IS NOT NULL";

    @Inject
    CallerOfRequest caller;

    @Inject
    People people;

    @Inject
    SignInWays ways;

    /** What they may do, and whether their password opens while a provider is in charge. */
    private record Mine(Grants grants, boolean localAdmin) {}

    /**
     * Lets an admin do this, in turn.
     *
     * @throws ProblemException 403 for everybody else, a token of an admin too, and when it changes what they themself may
     *     do; 409 when nobody would be left; nothing was changed then
     */
    @Transactional
    public <T> T carryOut(Supplier<T> deed) {
        Caller who = caller.get();
        who.requirePerson("look after people and roles");
        who.require(Right.ADMINISTER, Where.nowhere());
        takeTurn();
        Mine before = mine(who);
        if (!before.grants().may(Right.ADMINISTER, Where.nowhere())) {
            // Somebody took the role while we waited.
            throw Problem.forbidden("You are not an admin any more", "the role admin; another admin can grant it")
                    .toException();
        }
        boolean alone = count(ALL_ADMINS) == 1;
        boolean wayIn = ways.isBreakGlass() && count(LOCAL_ADMINS) > 0;
        T done = deed.get();
        people.flush();
        requireSomebodyLeft();
        if (wayIn) {
            requireWayIn();
        }
        if (!alone && !mine(who).equals(before)) {
            throw itself();
        }
        return done;
    }

    /** The same person or team as others left it until our turn came. */
    <T extends Holder> T fresh(T holder) {
        people.getEntityManager().refresh(holder);
        return holder;
    }

    /** Waits until nobody else, on any instance, changes people, teams and grants; until the transaction ends. */
    void takeTurn() {
        people.getEntityManager()
                .createNativeQuery("SELECT pg_advisory_xact_lock(" + LOCK + ")")
                .getSingleResult();
    }

    /** What they may do now; nothing when they were deactivated. */
    private Mine mine(Caller who) {
        List<?> rows = people.getEntityManager()
                .createNativeQuery(
                        "SELECT " + Grants.COLUMN + ", p.local_admin FROM person p WHERE p.name = :name AND p.active")
                .setParameter("name", who.name())
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Mine(Grants.read((String) row[0]), (Boolean) row[1]))
                .findFirst()
                .orElse(new Mine(Grants.read(""), false));
    }

    private static ProblemException itself() {
        return Problem.forbidden(
                        "Nobody changes what they themself may do or how they get in, or deactivates themself",
                        "another admin does it")
                .toException();
    }

    private void requireSomebodyLeft() {
        if (count(LASTING_ADMINS) == 0) {
            throw Problem.conflict(
                            "Nobody would be left who looks after people and roles",
                            "another active person who can sign in and has the role admin, without limits, first")
                    .toException();
        }
    }

    /** Somebody who gets in when the provider does not answer; asked only where there was somebody before. */
    private void requireWayIn() {
        if (count(LOCAL_ADMINS) == 0) {
            throw Problem.conflict(
                            "Nobody would be left who gets in when the provider does not answer",
                            "another local admin first: active, with a password and the role admin, without limits")
                    .toException();
        }
    }

    private long count(String statement) {
        return ((Number) people.getEntityManager().createNativeQuery(statement).getSingleResult()).longValue();
    }

    /**
     * Refuses a name that a person or a team has or had.
     *
     * @throws ProblemException 409
     */
    void requireFree(String name) {
        var taken = people.getEntityManager()
                .createNativeQuery("SELECT kind FROM holder_name WHERE name = :name")
                .setParameter("name", name)
                .getResultList();
        if (!taken.isEmpty()) {
            String by = taken.get(0).equals("reserved")
                    ? "“" + name + "” is a name that Switchback keeps for itself"
                    : "There is a " + taken.get(0) + " “" + name + "” already";
            throw Problem.conflict(by, "another name; it is for ever, also when they have left")
                    .toException();
        }
    }
}
