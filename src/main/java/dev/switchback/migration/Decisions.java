package dev.switchback.migration;

import dev.switchback.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What people decided about migrations. Templates know it as {@code cdi:decisions}. */
@Named("decisions")
@ApplicationScoped
public class Decisions implements PanacheRepository<Decision> {

    private static final int AT_MOST = 500;

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The latest 500 about a migration, newest first. */
    public List<Decision> of(Migration migration) {
        return find("migration = ?1 order by id desc", migration)
                .page(0, AT_MOST)
                .list();
    }

    /** The latest of any kind about a migration. */
    public Optional<Decision> latest(Migration migration) {
        return find("migration = ?1 order by id desc", migration).firstResultOptional();
    }

    /** The latest of this kind about a migration. */
    public Optional<Decision> latest(Migration migration, LifeVerb kind) {
        return find("migration = ?1 and kind = ?2 order by id desc", migration, kind.word())
                .firstResultOptional();
    }

    /** By which somebody said the last word: why it is done or abandoned; null when it is neither. */
    public Decision closing(Migration migration) {
        return switch (migration.state()) {
            case DONE -> latest(migration, LifeVerb.DONE).orElse(null);
            case ABANDONED -> latest(migration, LifeVerb.ABANDON).orElse(null);
            default -> null;
        };
    }

    /**
     * Lets nobody change or start what a person has put aside.
     *
     * @throws dev.switchback.problem.ProblemException 409 that says who archived it, called it done or abandoned it, when,
     *     and what to do first
     */
    public void requireOpen(Migration migration) {
        putAside(migration).ifPresent(problem -> {
            throw problem.toException();
        });
    }

    /** Why it can be neither changed nor started now; empty when it can. */
    public Optional<Problem> putAside(Migration migration) {
        if (migration.isArchived()) {
            return Optional.of(Problem.conflict(
                    migration.key() + " is archived since " + at(migration.archivedAt()) + " by "
                            + migration.archivedBy(),
                    "a migration that is not archived: unarchive it first"));
        }
        return migration.state().isLastWord() ? Optional.of(closed(migration)) : Optional.empty();
    }

    private Problem closed(Migration migration) {
        Decision last = closing(migration);
        String since = last == null ? "" : " since " + at(last.decidedAt()) + " by " + last.decidedBy();
        return Problem.conflict(
                migration.key() + " is " + migration.state().word() + since,
                "a migration that is neither done nor abandoned: reopen it first");
    }

    /** A moment, in a sentence. */
    public static String at(Instant when) {
        return WHEN.format(when);
    }
}
