package dev.switchback.edit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.edit.FormPage.What;
import dev.switchback.problem.ProblemException;
import dev.switchback.web.Flash;
import dev.switchback.web.Redirect;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** What happens when a button of a form is pressed. Whatever it is, nothing that was typed is lost. */
@ApplicationScoped
public class PressButton {

    @Inject
    ShowForm show;

    @Inject
    RoutingContext request;

    /**
     * Saves, or shows the form again.
     *
     * @param save keeps valid content
     * @param stale answers when somebody else saved meanwhile
     */
    RestResponse<Object> on(
            What what,
            Posted posted,
            Function<ObjectNode, SaveForm.Saved> save,
            Function<ObjectNode, RestResponse<Object>> stale) {
        FormMoves.apply(posted.fields(), posted.button());
        if (!FormMoves.isMove(posted.button())) {
            FormMoves.nameTheNameless(posted.fields(), what.isNew());
        }
        Checked checked = Checked.of(posted.fields(), ShowForm.shape(what));
        if (!posted.button().equals("save")) {
            return show.again(what, posted, checked);
        }
        return checked.isFine()
                ? save(what, posted, checked.content(), save, stale)
                : show.refused(what, posted, checked.problems());
    }

    private RestResponse<Object> save(
            What what,
            Posted posted,
            ObjectNode content,
            Function<ObjectNode, SaveForm.Saved> save,
            Function<ObjectNode, RestResponse<Object>> stale) {
        try {
            SaveForm.Saved saved = save.apply(content);
            return saved.isStale() ? stale.apply(content) : onwards(saved);
        } catch (ProblemException e) {
            return e.problem().violations().isEmpty()
                    ? show.refused(what, posted, e.problem())
                    : show.refused(what, posted, e.problem().violations());
        }
    }

    /** A script is told where to go, because following a redirect it would use up the sentence for the next page. */
    private RestResponse<Object> onwards(SaveForm.Saved saved) {
        if (request.request().getHeader("X-Form") == null) {
            return Redirect.to(saved.path(), saved.sentence());
        }
        return RestResponse.ResponseBuilder.create(RestResponse.Status.NO_CONTENT, (Object) null)
                .header("X-Goto", saved.path())
                .cookie(Flash.cookie(saved.sentence()))
                .build();
    }

    /** Something new cannot be stale. */
    static RestResponse<Object> neverStale(ObjectNode content) {
        throw new IllegalStateException("nobody else can have saved what was not there");
    }
}
