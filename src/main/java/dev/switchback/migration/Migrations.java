package dev.switchback.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The planned changes. */
@ApplicationScoped
public class Migrations implements PanacheRepository<Migration> {

    /** The end of a page: what was changed at this moment, with this id, was the last one shown. */
    public record Cursor(Instant changedAt, long id) {
        /** Before the first page. */
        public static final Cursor START = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), Long.MAX_VALUE);
    }

    public Optional<Migration> withKey(String key) {
        return find("key", key).firstResultOptional();
    }

    /** The migration with this key, or a 404 that says so. */
    public Migration require(String key) {
        return withKey(key)
                .orElseThrow(() -> Problem.notFound(
                                "There is no migration \"" + key + "\"", "the key of a migration in the list")
                        .toException());
    }

    /** The same, its row locked until the end of the transaction: nobody else decides about it or starts it meanwhile. */
    public Migration requireLocked(String key) {
        Migration migration = require(key);
        lock(migration);
        return migration;
    }

    /** Locks its row until the end of the transaction, and sees what others wrote until then. */
    public void lock(Migration migration) {
        flush();
        getEntityManager().refresh(migration, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Keeps everybody from deciding about it or deleting it until the end of the transaction; empty when it is gone. */
    public Optional<Migration> hold(String key) {
        return find("key", key).withLock(LockModeType.PESSIMISTIC_READ).firstResultOptional();
    }

    /** The present revision. */
    public MigrationRevision present(Migration migration) {
        return revision(migration, migration.revision()).orElseThrow();
    }

    /**
     * What a migration says now: the content of its present revision, with the mark {@code needsReview} as it stands. A
     * revision never changes, so its own content still carries a mark that a person has taken away since.
     */
    public ObjectNode contentNow(Migration migration) {
        ObjectNode content = present(migration).content();
        content.remove("needsReview");
        return migration.needsReview() ? content.put("needsReview", true) : content;
    }

    /** One revision by number. */
    public Optional<MigrationRevision> revision(Migration migration, int number) {
        return getEntityManager()
                .createQuery(
                        "from MigrationRevision where migration = :migration and number = :number",
                        MigrationRevision.class)
                .setParameter("migration", migration)
                .setParameter("number", number)
                .getResultStream()
                .findFirst();
    }

    /** One revision by number, or a 404 that says which there are. */
    public MigrationRevision requireRevision(Migration migration, int number) {
        return revision(migration, number)
                .orElseThrow(() -> Problem.notFound(
                                migration.key() + " has no revision " + number, "1 to " + migration.revision())
                        .toException());
    }

    /** The text of a revision as it was last written: what differs from the first is comments, order and spacing. */
    public String text(MigrationRevision revision) {
        return getEntityManager()
                .createQuery("from RevisionText where revision = :revision order by id desc", RevisionText.class)
                .setParameter("revision", revision)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(RevisionText::text)
                .orElseGet(revision::source);
    }

    /** Revisions below this number, newest first. */
    public List<MigrationRevision> revisionsBefore(Migration migration, int number, int limit) {
        return getEntityManager()
                .createQuery(
                        "from MigrationRevision where migration = :migration and number < :number order by number desc",
                        MigrationRevision.class)
                .setParameter("migration", migration)
                .setParameter("number", number)
                .setMaxResults(limit)
                .getResultList();
    }

    /** A page of what the query asks for, last changed first. */
    public List<Migration> matching(MigrationQuery query, Cursor after, int limit) {
        var where = new StringBuilder("(changedAt, id) < (:changedAt, :id)");
        var parameters = Parameters.with("changedAt", after.changedAt()).and("id", after.id());
        filter(query, true, where, parameters);
        return find(where + " order by changedAt desc, id desc", parameters)
                .page(0, limit)
                .list();
    }

    private static void filter(MigrationQuery query, boolean withState, StringBuilder where, Parameters parameters) {
        query.service().ifPresent(service -> add(where, parameters, "service = :service", "service", service));
        query.owner().ifPresent(owner -> add(where, parameters, "owner = :owner", "owner", owner));
        if (withState) {
            query.state().ifPresent(state -> add(where, parameters, "state = :state", "state", state.word()));
        }
        query.environment()
                .ifPresent(environment -> add(
                        where,
                        parameters,
                        "id in (select r.migration.id from Run r where r.environment.key = :environment)",
                        "environment",
                        environment));
        query.text()
                .ifPresent(text -> add(
                        where,
                        parameters,
                        "(lower(title) like :text escape '\\' or key like :text escape '\\'"
                                + " or lower(service) like :text escape '\\')",
                        "text",
                        "%" + escapeLike(text.toLowerCase(java.util.Locale.ROOT)) + "%"));
    }

    private static void add(StringBuilder where, Parameters parameters, String clause, String name, Object value) {
        where.append(" and ").append(clause);
        parameters.and(name, value);
    }

    private static String escapeLike(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /** How many there are in each state, whatever state the query asks for. */
    public Map<MigrationState, Long> counts(MigrationQuery query) {
        var where = new StringBuilder("1 = 1");
        var parameters = new Parameters();
        filter(query, false, where, parameters);
        var counting = getEntityManager()
                .createQuery(
                        "select state, count(*) from Migration where " + where + " group by state", Object[].class);
        parameters.map().forEach(counting::setParameter);
        var counts = new LinkedHashMap<MigrationState, Long>();
        counting.getResultList().forEach(row -> counts.put(MigrationState.of((String) row[0]), (Long) row[1]));
        return counts;
    }

    /** Every service that a migration speaks of. */
    public List<String> services() {
        return getEntityManager()
                .createQuery("select distinct service from Migration order by service", String.class)
                .getResultList();
    }

    /** Every owner of a migration. */
    public List<String> owners() {
        return getEntityManager()
                .createQuery("select distinct owner from Migration order by owner", String.class)
                .getResultList();
    }
}
