package dev.switchback.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Sight;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.web.Paging;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The planned changes. */
@ApplicationScoped
public class Migrations implements PanacheRepository<Migration> {

    /** The end of a page: what was changed at this moment, with this id, was the last one shown. */
    public record Cursor(Instant changedAt, long id) {

        /** Before the first page. */
        public static final Cursor START = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), Long.MAX_VALUE);

        static Cursor of(Migration migration) {
            return new Cursor(migration.changedAt(), migration.id());
        }

        /** The position in an address, or the start when it says none. */
        public static Cursor of(String after) {
            return after == null || after.isEmpty()
                    ? START
                    : Paging.decode(after, text -> {
                        String[] parts = text.split("\\|");
                        return new Cursor(Instant.parse(parts[0]), Long.parseLong(parts[1]));
                    });
        }

        @Override
        public String toString() {
            return changedAt + "|" + id;
        }
    }

    @Inject
    Sight sight;

    /** The migration with this key, whoever asks: whether a key is free is no secret. */
    public Optional<Migration> withKey(String key) {
        return find("key", key).firstResultOptional();
    }

    /** The migration with this key, unless the one who asks must not see it. */
    public Optional<Migration> seen(String key) {
        return withKey(key).filter(migration -> sight.sees(migration.where()));
    }

    /** The migration with this key, or a 404 that says so; the same when the one who asks must not see it. */
    public Migration require(String key) {
        return seen(key).orElseThrow(() -> gone(key));
    }

    /** The same, its row locked until the end of the transaction: nobody else decides about it or starts it meanwhile. */
    public Migration requireLocked(String key) {
        Migration migration = require(key);
        lock(migration);
        return migration;
    }

    /**
     * Locks its row until the end of the transaction, and sees what others wrote until then.
     *
     * @throws dev.switchback.problem.ProblemException 404 when somebody has deleted it meanwhile
     */
    public void lock(Migration migration) {
        flush();
        try {
            getEntityManager().refresh(migration, LockModeType.PESSIMISTIC_WRITE);
        } catch (EntityNotFoundException deleted) {
            throw gone(migration.key());
        }
    }

    /** Keeps everybody from deciding about it or deleting it until the end of the transaction; empty when it is gone. */
    public Optional<Migration> hold(String key) {
        return find("key", key)
                .withLock(LockModeType.PESSIMISTIC_READ)
                .firstResultOptional()
                .filter(migration -> sight.sees(migration.where()));
    }

    /**
     * The present revision.
     *
     * @throws dev.switchback.problem.ProblemException 404 when somebody has deleted the migration meanwhile
     */
    public MigrationRevision present(Migration migration) {
        return revision(migration, migration.revision()).orElseThrow(() -> gone(migration.key()));
    }

    /** The present revisions of several, by the number of the migration in the database; one statement. */
    public Map<Long, MigrationRevision> presentOfEach(Collection<Migration> migrations) {
        return migrations.isEmpty()
                ? Map.of()
                : getEntityManager()
                        .createQuery(
                                "from MigrationRevision r where r.migration in :migrations"
                                        + " and r.number = r.migration.revision",
                                MigrationRevision.class)
                        .setParameter("migrations", migrations)
                        .getResultStream()
                        .collect(Collectors.toMap(each -> each.migration().id(), Function.identity()));
    }

    /**
     * The revision with this number in the database.
     *
     * @throws dev.switchback.problem.ProblemException 404 when somebody has deleted the migration, and with it the revision
     */
    public MigrationRevision revision(String key, long id) {
        return Optional.ofNullable(getEntityManager().find(MigrationRevision.class, id))
                .orElseThrow(() -> gone(key));
    }

    private static ProblemException gone(String key) {
        return Problem.notFound("There is no migration \"" + key + "\"", "the key of a migration in the list")
                .toException();
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

    /**
     * Whether somebody still has to read this revision. What is present stands as the migration says; an older one was read
     * when the same content was once kept by a person who took the mark away.
     */
    public boolean needsReview(MigrationRevision revision) {
        if (revision.number() == revision.migration().revision()) {
            return revision.migration().needsReview();
        }
        return getEntityManager()
                .createQuery(
                        "from MigrationRevision where migration = :migration and contentHash = :hash",
                        MigrationRevision.class)
                .setParameter("migration", revision.migration())
                .setParameter("hash", revision.contentHash())
                .getResultStream()
                .allMatch(MigrationRevision::wasUnread);
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

    /** Every service that a migration speaks of which is not put away; a hundred and one when there are too many. */
    @SuppressWarnings("unchecked")
    public List<String> services() {
        return sight.seen()
                .services()
                .map(only -> only.stream().sorted().toList())
                .orElseGet(() ->
                        MigrationStatements.services().in(getEntityManager()).getResultList());
    }

    /** Every owner of a migration that is not put away; a hundred and one when there are too many. */
    @SuppressWarnings("unchecked")
    public List<String> owners() {
        return sight.seen()
                .services()
                .map(MigrationStatements::ownersWithin)
                .orElseGet(MigrationStatements::owners)
                .in(getEntityManager())
                .getResultList();
    }

    /** What to offer for choosing: the values and what is chosen, or nothing when there are too many to choose from. */
    public static List<String> choices(List<String> values, String chosen) {
        if (values.size() > MigrationStatements.CHOICES) {
            return List.of();
        }
        return chosen.isEmpty() || values.contains(chosen)
                ? values
                : Stream.concat(Stream.of(chosen), values.stream()).toList();
    }
}
