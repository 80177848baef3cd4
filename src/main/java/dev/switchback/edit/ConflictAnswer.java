package dev.switchback.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.edit.SaveForm.Saved;
import dev.switchback.environment.Editors;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.ProblemException;
import dev.switchback.problem.Violation;
import dev.switchback.shape.RunbookShapes;
import dev.switchback.web.Note;
import dev.switchback.web.Redirect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Makes one content of both versions as somebody chose, and keeps it. What cannot be kept comes back with everything in
 * it: to the page of the conflict when a choice is missing or somebody saved yet again, to the form when the result is
 * not valid or wants to be seen first.
 */
@ApplicationScoped
public class ConflictAnswer {

    @Inject
    Migrations migrations;

    @Inject
    CallerOfRequest caller;

    @Inject
    Editors editors;

    @Inject
    Environments environments;

    @Inject
    ShowConflict conflict;

    @Inject
    ShowForm show;

    @Inject
    SaveForm save;

    /** What a migration and an environment do differently. */
    private record Ways(
            Function<JsonNode, List<Violation>> validate,
            Edit edit,
            Function<ObjectNode, Saved> keep,
            Function<ObjectNode, RestResponse<Object>> anew) {}

    private interface Edit {
        RestResponse<Object> show(int base, ObjectNode content);
    }

    /** Of a migration. */
    @Transactional(Transactional.TxType.SUPPORTS)
    RestResponse<Object> migration(String key, ConflictForm form) {
        Migration migration = migrations.require(key);
        caller.get().require(Right.AUTHOR, migration.where());
        form.mine().put("key", key);
        var ways = new Ways(
                RunbookShapes::validateMigration,
                (base, content) -> show.migration(migration, base, content, form.note()),
                content -> save.migration(form.theirs(), content, Note.of("note", form.note())),
                content -> conflict.migration(migrations.require(key), form.theirs(), content, form.note()));
        return answer(form, ways, () -> ConflictSides.of(migrations, migration, form.base(), form.mine()));
    }

    /** Of an environment. */
    @Transactional(Transactional.TxType.SUPPORTS)
    RestResponse<Object> environment(String key, ConflictForm form) {
        Environment environment = environments.require(key);
        editors.require(environment, caller.get());
        form.mine().put("key", key);
        var ways = new Ways(
                RunbookShapes::validateEnvironment,
                (base, content) -> show.environment(environment, base, content, form.note()),
                content -> save.environment(form.theirs(), content, Note.of("note", form.note())),
                content -> conflict.environment(environments.require(key), form.theirs(), content, form.note()));
        return answer(form, ways, () -> ConflictSides.of(environments, environment, form.base(), form.mine()));
    }

    private RestResponse<Object> answer(ConflictForm form, Ways ways, Supplier<ConflictSides> look) {
        if (!ways.validate().apply(form.mine()).isEmpty()) {
            return ways.edit().show(form.base(), form.mine());
        }
        ConflictSides sides = look.get();
        if (sides.present() != form.theirs()) {
            return conflict.anew(sides, form.choices(), form.note());
        }
        var merge = sides.merge();
        if (!merge.open(form.choices()).isEmpty()) {
            return conflict.incomplete(sides, form);
        }
        ObjectNode merged = merge.with(form.choices());
        boolean toForm = form.inForm() || !ways.validate().apply(merged).isEmpty();
        return toForm ? ways.edit().show(form.theirs(), merged) : keep(sides, form, ways, merged);
    }

    private RestResponse<Object> keep(ConflictSides sides, ConflictForm form, Ways ways, ObjectNode merged) {
        try {
            Saved saved = ways.keep().apply(merged);
            return saved.isStale() ? ways.anew().apply(merged) : Redirect.to(saved.path(), saved.sentence());
        } catch (ProblemException e) {
            return conflict.refused(sides, form, e.problem());
        }
    }
}
