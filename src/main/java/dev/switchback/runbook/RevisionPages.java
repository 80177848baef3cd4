package dev.switchback.runbook;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.exchange.RestoreRevision;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.migration.RunsOfMigration;
import dev.switchback.platform.InTurn;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.runbook.KeepMigration.Change;
import dev.switchback.runbook.KeepMigration.Kept;
import dev.switchback.web.Note;
import dev.switchback.web.Paging;
import dev.switchback.web.Query;
import dev.switchback.web.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The history of a migration: its revisions, what differs between any two of them, and how to get one back. */
@Path("/migrations/{key}/revisions")
@Produces(MediaType.TEXT_HTML)
public class RevisionPages {

    /** Each row reads a whole content; a page of a list has more. */
    private static final int ROWS = 20;

    @Inject
    Migrations migrations;

    @Inject
    Decisions decisions;

    @Inject
    RunsOfMigration runs;

    @Inject
    RestoreRevision restore;

    @Inject
    CallerOfRequest caller;

    @Inject
    InTurn inTurn;

    /** The pages. */
    @CheckedTemplate(basePath = "runbook", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance revisions(RevisionHistory page, long runCount);

        static native TemplateInstance diff(RevisionComparison page);

        static native TemplateInstance restore(
                RevisionComparison page, Problem problem, boolean canRestore, String note);
    }

    /** Every revision there was, the newest first, and what people decided in between. */
    @GET
    @Transactional
    public String history(@RestPath String key, @RestQuery Integer limit, @RestQuery String after) {
        Migration migration = migrations.require(key);
        int size = limit == null ? ROWS : Paging.limit(limit);
        int before = Query.filled(after)
                .map(position -> Paging.decode(position, Integer::parseInt))
                .orElse(Integer.MAX_VALUE);
        List<MigrationRevision> found = migrations.revisionsBefore(migration, before, size + 1);
        return Templates.revisions(
                        RevisionHistory.of(
                                migration, found, size, decisions.of(migration), runs.ofRevisions(migration, found)),
                        runs.count(migration))
                .render();
    }

    /** Where the form of the history sends: the address that can be kept. */
    @GET
    @Path("compare")
    @Transactional
    public RestResponse<Object> compare(@RestPath String key, @RestQuery String from, @RestQuery String to) {
        Migration migration = migrations.require(key);
        return Redirect.to(
                "/migrations/" + key + "/revisions/" + number(migration, from) + ".." + number(migration, to));
    }

    private int number(Migration migration, String typed) {
        try {
            return migrations
                    .requireRevision(migration, Integer.parseInt(typed == null ? "" : typed.strip()))
                    .number();
        } catch (NumberFormatException e) {
            throw Problem.notFound(
                            "“" + (typed == null ? "" : typed) + "” is not the number of a revision",
                            "1 to " + migration.revision())
                    .toException();
        }
    }

    /** The runbook as this revision has it. */
    @GET
    @Path("{number: \\d{1,9}}")
    @Transactional
    public RestResponse<Object> one(@RestPath String key, @RestPath int number) {
        return Redirect.to("/migrations/" + migrations.require(key).key() + "/runbook?rev=" + number);
    }

    /** What changed between two revisions. */
    @GET
    @Path("{from: \\d{1,9}}..{to: \\d{1,9}}")
    @Transactional
    public String diff(@RestPath String key, @RestPath int from, @RestPath int to) {
        Migration migration = migrations.require(key);
        return Templates.diff(RevisionComparison.of(
                        migration,
                        migrations.requireRevision(migration, from),
                        migrations.requireRevision(migration, to)))
                .render();
    }

    /** What restoring a revision would change, and the button that does it. */
    @GET
    @Path("{number: \\d{1,9}}/restore")
    @Transactional
    public String askToRestore(@RestPath String key, @RestPath int number) {
        Migration migration = migrations.require(key);
        caller.get().require(Right.AUTHOR, migration.where());
        Problem putAside = decisions.putAside(migration).orElse(null);
        return Templates.restore(comparison(migration, number), putAside, putAside == null, "")
                .render();
    }

    private RevisionComparison comparison(Migration migration, int number) {
        return RevisionComparison.of(
                migration, migrations.present(migration), migrations.requireRevision(migration, number));
    }

    /** Restores it, if the present revision is still the one that was looked at. */
    @POST
    @Path("{number: \\d{1,9}}/restore")
    @Transactional
    public RestResponse<Object> restore(
            @RestPath String key, @RestPath int number, @RestForm int base, @RestForm String note) {
        inTurn.take();
        Migration migration = migrations.require(key);
        Optional<Problem> inTheWay = inTheWay(migration, base, note);
        if (inTheWay.isPresent()) {
            String typed = note == null ? "" : note;
            return RestResponse.ResponseBuilder.<Object>create(inTheWay.get().status())
                    .entity(Templates.restore(comparison(migration, number), inTheWay.get(), true, typed)
                            .render())
                    .build();
        }
        Kept kept = restore.restore(migration, number, Note.of("note", note), caller.get());
        return Redirect.to("/migrations/" + key, sentence(kept, number));
    }

    /** Why it is not restored; whoever reads that has typed a note, which stays. */
    private Optional<Problem> inTheWay(Migration migration, int base, String note) {
        if (migration.revision() != base) {
            return Optional.of(changed(migration));
        }
        try {
            Note.of("note", note);
            return decisions.putAside(migration);
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    private Problem changed(Migration migration) {
        MigrationRevision present = migrations.present(migration);
        return Problem.conflict(
                present.createdBy() + " saved revision " + present.number() + " while you were looking; nothing was"
                        + " restored",
                "a look at what restoring would change now");
    }

    private static String sentence(Kept kept, int number) {
        int present = kept.migration().revision();
        if (kept.change() != Change.UNCHANGED) {
            return "Revision " + number + " is restored as revision " + present + ".";
        }
        String same = "Revision " + number + " says what revision " + present + " says; no revision was made.";
        return kept.rewritten() ? same + " Its file is written as it was in revision " + number + "." : same;
    }
}
