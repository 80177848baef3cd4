package dev.switchback.edit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.diff.MergeSection.Side;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** Shows what two people wrote at once side by side, so that the second can choose. Nothing is stored. */
@ApplicationScoped
public class ShowConflict {

    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    /** The page. */
    @CheckedTemplate(basePath = "edit", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance conflict(ConflictPage page);
    }

    /**
     * Answers 409 with the present revision beside what somebody wanted to save.
     *
     * @param base the revision that they had begun with
     * @param mine what they wanted to save; valid
     * @param note why, or null
     */
    @Transactional
    public RestResponse<Object> migration(Migration migration, int base, ObjectNode mine, String note) {
        // Whoever calls may have read it before somebody else saved.
        Migration present = migrations.require(migration.key());
        return anew(ConflictSides.of(migrations, present, base, mine), Map.of(), note);
    }

    /** The same of an environment. */
    @Transactional
    public RestResponse<Object> environment(Environment environment, int base, ObjectNode mine, String note) {
        Environment present = environments.require(environment.key());
        return anew(ConflictSides.of(environments, present, base, mine), Map.of(), note);
    }

    /** 409: the page with the choices made so far. */
    RestResponse<Object> anew(ConflictSides sides, Map<String, Side> choices, String note) {
        return answer(CONFLICT, ConflictPage.of(sides, choices, said(note), false, null));
    }

    /** 422: choices are missing. */
    RestResponse<Object> incomplete(ConflictSides sides, ConflictForm form) {
        return answer(UNPROCESSABLE, ConflictPage.of(sides, form.choices(), said(form.note()), true, null));
    }

    /** The result could not be saved as things are; the choices stay. */
    RestResponse<Object> refused(ConflictSides sides, ConflictForm form, Problem problem) {
        return answer(problem.status(), ConflictPage.of(sides, form.choices(), said(form.note()), true, problem));
    }

    private static String said(String note) {
        return note == null ? "" : note;
    }

    private static RestResponse<Object> answer(int status, ConflictPage page) {
        return RestResponse.ResponseBuilder.<Object>create(status)
                .entity(Templates.conflict(page).render())
                .build();
    }
}
